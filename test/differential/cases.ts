/**
 * Commands that clients are asked to run. Every program is a stand-in that only notes that it was started, so nothing here
 * does anything; `ID` is replaced, so that what ran can be told.
 */
export const programs = ['terraform', 'make', 'kubectl', 'npm', 'cargo', 'aws', 'deploy'] as const;

export const commands: readonly string[] = [
  'terraform apply ID',
  'terraform plan ID',
  'make all ID',
  'make test ID',
  'kubectl get pods ID',
  'kubectl delete pod ID',
  'npm run build ID',
  'npm test ID',
  'cargo test ID',
  'aws s3 ls ID',
  'make all && terraform apply ID',
  'make all ; terraform plan ID',
  'make all | terraform apply ID',
  'terraform apply ID || make all',
  'A=1 terraform apply ID',
  'timeout 5 terraform apply ID',
  'env B=2 terraform apply ID',
  'echo $(terraform apply ID)',
  "bash -c 'terraform apply ID'",
  '"terraform" apply ID',
  'terra"form" apply ID',
  '( terraform apply ID )',
  'X=terraform; $X apply ID',
  'if true; then terraform apply ID; fi',
  'terraform apply ID > out.txt',
  'make all ID 2>&1',
  'terraform  apply ID',
  'xargs terraform apply ID < /dev/null',
  'nice terraform apply ID',
  'make all ID &',
  'for i in a; do terraform apply ID; done',
  'terraform apply "ID"',
  '{ terraform apply ID; }',
  '! terraform apply ID',
  'while false; do ls; done; make all ID',
  'case a in a) terraform apply ID;; esac',
  'f() { terraform apply ID; }; f',
  'terraform apply ID <<< "x"',
  'cat <<EOF | make all ID\nhi\nEOF',
  'make all ID && echo $HOME',
  'terraform apply $HOME ID',
  'terraform apply ID 2>/dev/null',
  'command terraform apply ID',
  'nohup terraform apply ID',
  'time terraform apply ID',
  'NODE_ENV=test make all ID',
  'cd . && make all ID',
  'make all ID\nterraform plan x',
  'make all ID # a comment',
  'eval "terraform apply ID"',
  'sh -c "make all ID"',
  'echo hi | make all ID',
  'make all ID < /dev/null',
  "terraform apply 'a;b' ID",
  'make all "$(echo ID)"',
  'make all `echo ID`',
  'stdbuf -oL make all ID',
  'env make all ID',
  'make all --file=ID',
  'make all ID; echo done > /dev/null',
  'for i in a b; do make all ID-$i; done',
  'make  all  ID',
  'make all ID || true',
  '[ -d . ] && make all ID',
];

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Numbers that only a seed decides (mulberry32), so that a run can be had again. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const plain = [
  'terraform apply',
  'terraform plan',
  'make all',
  'make test',
  'kubectl get pods',
  'kubectl delete pod',
  'npm run build',
  'cargo test',
  'aws s3 ls',
  'deploy now',
];
const wrappers = [
  '',
  '',
  '',
  '',
  'A=1 ',
  'CI=1 ',
  'timeout 5 ',
  'nice -n 5 ',
  'env ',
  'nohup ',
  'command ',
  'time ',
  'stdbuf -oL ',
  'xargs ',
];
const operands = ['', '', ' -v', ' --flag=x', ' "a b"', " 'c;d'", ' $HOME', ' ./path', ' *.none', ' a\\ b'];
const redirections = ['', '', '', '', ' 2>/dev/null', ' > /dev/null', ' < /dev/null', ' 2>&1'];
const joints = [' && ', ' || ', ' ; ', ' | ', '\n'];
const around: readonly ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => inner,
  (inner) => inner,
  (inner) => `( ${inner} )`,
  (inner) => `{ ${inner}; }`,
  (inner) => `if true; then ${inner}; fi`,
  (inner) => `for i in a; do ${inner}; done`,
  (inner) => `! ${inner}`,
  (inner) => `bash -c '${inner.replaceAll("'", '')}'`,
  (inner) => `echo $(${inner})`,
];

/** Commands that nobody picked: programs, wrappers, operands, redirections, compounds and constructs by chance. */
export function generated(count: number, seed: number): readonly string[] {
  const random = seeded(seed);
  const simple = (marked: boolean): string =>
    `${pick(random, wrappers)}${pick(random, plain)}${pick(random, operands)}${marked ? ' ID' : ''}${pick(random, redirections)}`;
  return Array.from({ length: count }, () => {
    const one = pick(random, around)(simple(true));
    const roll = random();
    if (roll < 0.55) return one;
    // Behind `||` nothing would run: what is marked stands before it.
    return roll < 0.8
      ? `${one}${pick(random, joints)}${simple(false)}`
      : `${simple(false)}${pick(random, joints.slice(0, 1).concat(joints.slice(2)))}${one}`;
  });
}

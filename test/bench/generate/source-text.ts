import type { Random } from './random.ts';

export const words = [
  'order',
  'invoice',
  'client',
  'report',
  'token',
  'cache',
  'queue',
  'worker',
  'result',
  'index',
  'table',
  'price',
];

/** A function in which nothing is called that anybody looks for. */
export const pythonFunction = (random: Random, index: number): string => {
  const [a, b, c] = [random.one(words), random.one(words), random.one(words)];
  return `
def ${a}_${index}(${b}: dict, limit: int = ${random.between(1, 99)}) -> list:
    """Returns the ${c} rows of one ${b}."""
    found = []
    for key, value in sorted(${b}.items()):
        if value is None or len(found) >= limit:
            continue
        found.append({"key": key, "${c}": value * ${random.between(2, 40)}, "label": f"{key}-{limit}"})
    return found
`;
};

export const typeScriptFunction = (random: Random, index: number): string => {
  const [a, b] = [random.one(words), random.one(words)];
  return `
export function ${a}${index}(${b}: ReadonlyMap<string, number>, limit = ${random.between(1, 99)}): string[] {
  const found: string[] = [];
  for (const [key, value] of ${b}) {
    if (found.length >= limit) break;
    found.push(\`\${key}:\${value * ${random.between(2, 40)}}\`);
  }
  return found;
}
`;
};

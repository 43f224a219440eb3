import { describe, expect, test } from 'vitest';
import { readLaunch } from './launch.ts';
import { maskArguments } from './mask-arguments.ts';

const packageOf = (line: string): string | null => {
  const [command = '', ...args] = line.split(' ');
  const found = readLaunch(command, args).package;
  return found === null ? null : `${found.registry} ${found.name} ${found.version ?? '-'} ${found.pin}`;
};

describe('packages', () => {
  test.each([
    ['npx -y pg-mcp@1.4.0', 'npm pg-mcp 1.4.0 version'],
    ['npx -y @stripe/mcp --tools=all', 'npm @stripe/mcp - none'],
    ['npx -y @scope/name@latest', 'npm @scope/name latest none'],
    ['npx -y name@^1.2.3', 'npm name ^1.2.3 none'],
    ['npx -p @a/b@2.0.0 b-cli', 'npm @a/b 2.0.0 version'],
    ['npx --yes --package=@a/b@2.0.0 -- b-cli', 'npm @a/b 2.0.0 version'],
    ['npm exec --yes foo', 'npm foo - none'],
    ['pnpm dlx foo@1.0.0', 'npm foo 1.0.0 version'],
    ['yarn dlx foo', 'npm foo - none'],
    ['bunx foo', 'npm foo - none'],
    ['bun x foo', 'npm foo - none'],
    ['/usr/local/bin/npx -y foo', 'npm foo - none'],
    ['npx.cmd -y foo', 'npm foo - none'],
    ['cmd /c npx -y foo', 'npm foo - none'],
    ['env A=1 npx -y foo', 'npm foo - none'],
    ['npx -y github:a/b', 'git github:a/b - none'],
    ['uvx mcp-server-fetch==2025.4.7', 'pypi mcp-server-fetch 2025.4.7 version'],
    ['uvx awslabs.aws-api-mcp-server@latest', 'pypi awslabs.aws-api-mcp-server latest none'],
    ['uvx --from pkg[cli]>=1.0 tool', 'pypi pkg >=1.0 none'],
    ['uvx --python 3.12 pkg@1.2', 'pypi pkg 1.2 version'],
    ['uv tool run pkg', 'pypi pkg - none'],
    ['uvx --from git+https://github.com/a/b@main srv', 'git https://github.com/a/b main none'],
    ['pipx run --spec pkg==1.0 tool', 'pypi pkg 1.0 version'],
    ['docker run -i --rm -e DATABASE_URL ghcr.io/a/b:latest', 'oci ghcr.io/a/b latest none'],
    ['docker run --rm -i -v /a:/b --network host grafana/mcp:0.7.6 -t stdio', 'oci grafana/mcp 0.7.6 tag'],
    ['docker run a/b:release', 'oci a/b release none'],
    ['docker run a/b:1.2', 'oci a/b 1.2 none'],
    ['docker run a/b:bookworm-slim', 'oci a/b bookworm-slim none'],
    ['docker run a/b:v1.2.3-alpine', 'oci a/b v1.2.3-alpine tag'],
    ['docker run a/b:sha-0a1b2c3', 'oci a/b sha-0a1b2c3 tag'],
    ['docker run a/b:2025-08-14', 'oci a/b 2025-08-14 tag'],
    ['podman run --name=x reg:5000/a/b', 'oci reg:5000/a/b - none'],
    ['deno run -A npm:foo@1.0.0', 'npm foo 1.0.0 version'],
    ['deno run jsr:@a/b@1.2.3', 'jsr @a/b 1.2.3 version'],
    ['go run github.com/a/b/cmd@v1.2.3', 'go github.com/a/b/cmd v1.2.3 version'],
    ['dnx Some.Mcp --version 1.0.0', 'nuget Some.Mcp 1.0.0 version'],
    ['npx tsx src/index.ts', null],
    ['npx ./server.js', null],
    ['npx --token FAKEabcDEF1234567890xyz', null],
    ['uv run python x.py', null],
    ['node server.js', null],
    ['docker compose run x', null],
    ['npx', null],
  ])('%s', (line, expected) => expect(packageOf(line)).toBe(expected));

  test('a digest pins', () => {
    expect(readLaunch('docker', ['run', `a/b@sha256:${'0'.repeat(64)}`]).package).toMatchObject({
      name: 'a/b',
      pinned: true,
      pin: 'digest',
    });
  });

  test('a whole line in the command, and a line for a shell', () => {
    expect(readLaunch('npx -y foo@1.0.0 --x', []).package?.name).toBe('foo');
    expect(readLaunch('bash', ['-c', 'npx -y foo --x']).package?.name).toBe('foo');
    expect(readLaunch('bash', ['-c', 'npx -y foo | tee log']).package).toBeNull();
    expect(readLaunch('C:\\Program Files\\My Tool\\server.exe', []).command).toBe(
      'C:\\Program Files\\My Tool\\server.exe',
    );
  });
});

describe('remote servers in disguise', () => {
  test.each([
    [
      'npx',
      ['-y', 'mcp-remote', 'https://h/mcp', '--header', 'A:${B}'],
      { url: 'https://h/mcp', transport: 'http', via: 'mcp-remote', headers: ['A:${B}'] },
    ],
    [
      'npx',
      ['mcp-remote@0.1.0', 'https://h/sse', '--transport', 'sse-only'],
      { url: 'https://h/sse', transport: 'sse', via: 'mcp-remote', headers: [] },
    ],
    [
      'uvx',
      ['mcp-proxy', '--headers', 'Authorization', 'Bearer x', 'http://h/sse'],
      { url: 'http://h/sse', transport: 'sse', via: 'mcp-proxy', headers: ['Authorization: Bearer x'] },
    ],
    [
      'npx',
      ['-y', 'supergateway', '--sse', 'https://h/sse'],
      { url: 'https://h/sse', transport: 'sse', via: 'supergateway', headers: [] },
    ],
  ])('%s %j', (command, args, remote) => expect(readLaunch(command, args).remote).toEqual(remote));

  test('a proxy that serves a local program is none', () =>
    expect(readLaunch('npx', ['supergateway', '--stdio', 'x']).remote).toBeNull());
  test.each([
    ['docker', ['mcp', 'gateway', 'run'], 'docker-mcp-gateway'],
    ['npx', ['-y', '@smithery/cli@latest', 'run', '@a/b', '--key', 'x'], 'smithery'],
    ['uvx', ['mcp-proxy', '--named-server-config', './servers.json'], 'mcp-proxy'],
    ['docker', ['run', '-i', 'a/b:1.0.0'], null],
  ])('a gateway of many servers: %s %j', (command, args, gateway) =>
    expect(readLaunch(command, args).gateway).toBe(gateway),
  );
});

describe('programs behind a program', () => {
  const innerOf = (line: string): string | null => {
    const [command = '', ...args] = line.split(' ');
    const { inner } = readLaunch(command, args);
    return inner === null ? null : `${inner.via}: ${[inner.launch.command, ...inner.launch.args].join(' ')}`;
  };
  test.each([
    ['uvx mcp-proxy --port 8080 -- npx -y foo@1.0.0', 'mcp-proxy: npx -y foo@1.0.0'],
    ['npx -y mcp-proxy --port 8080 tsx server.js', 'mcp-proxy: tsx server.js'],
    ['mcp-proxy -e A B --pass-environment uvx mcp-server-fetch --x', 'mcp-proxy: uvx mcp-server-fetch --x'],
    [
      'uvx invariant-gateway@latest mcp --project-name p --exec uvx mcp-server-git',
      'invariant-gateway: uvx mcp-server-git',
    ],
    ['npx -y mcp-proxy --named-server-config f.json', null],
    ['npx -y foo -- bar', null],
  ])('%s', (line, expected) => expect(innerOf(line)).toBe(expected));

  test('a whole line in one argument; a bridge of a bridge ends', () => {
    expect(readLaunch('npx', ['-y', 'supergateway', '--stdio', 'uvx mcp-server-git']).inner).toMatchObject({
      via: 'supergateway',
      launch: { package: { registry: 'pypi', name: 'mcp-server-git' } },
    });
    expect(
      readLaunch('npx', ['supergateway', '--stdio', 'npx mcp-remote https://h/mcp']).inner?.launch.remote,
    ).toMatchObject({
      url: 'https://h/mcp',
    });
    const nested = Array.from({ length: 20 }).reduce<string[]>((line) => ['mcp-proxy', '--', ...line], ['server']);
    expect(readLaunch(nested[0] ?? '', nested.slice(1)).inner).not.toBeNull();
  });

  test.each([
    ['op run --env-file=.env -- npx -y foo@1.0.0', 'npm foo 1.0.0 version'],
    ['doppler run --project x -- uvx bar', 'pypi bar - none'],
    ['aws-vault exec prod -- uvx bar', 'pypi bar - none'],
    ['mise x node@22 -- npx foo', 'npm foo - none'],
    ['direnv exec . npx foo', 'npm foo - none'],
    ['timeout 60 npx foo', 'npm foo - none'],
    ['cross-env A=1 npx foo', 'npm foo - none'],
    ['op item get x', null],
  ])('a runner of secrets or of an environment is no server: %s', (line, expected) =>
    expect(packageOf(line)).toBe(expected),
  );

  test('runners are named', () =>
    expect(readLaunch('op', ['run', '--', 'doppler', 'run', '--', 'npx', 'x']).wrappers).toEqual(['op', 'doppler']));
});

describe('arguments', () => {
  test.each([
    [
      ['--api-key', 'FAKE-1'],
      ['--api-key', '***'],
    ],
    [['--api-key=FAKE-1'], ['--api-key=***']],
    [
      ['--header', 'Authorization: Bearer FAKE'],
      ['--header', 'Authorization: ***'],
    ],
    [
      ['-H', 'X-Tenant: acme'],
      ['-H', 'X-Tenant: acme'],
    ],
    [
      ['-e', 'A_TOKEN=FAKE', 'img'],
      ['-e', 'A_TOKEN=***', 'img'],
    ],
    [['postgresql://u:FAKE@h/db'], ['postgresql://u:***@h/db']],
    [['--url=https://h/p?token=FAKE123'], ['--url=https://h/p?token=***']],
    [
      ['--token', '${T}'],
      ['--token', '${T}'],
    ],
    [
      ['--api-key', '--verbose'],
      ['--api-key', '--verbose'],
    ],
    [
      ['--root', './docs', '-y', 'pkg@1.0.0'],
      ['--root', './docs', '-y', 'pkg@1.0.0'],
    ],
  ])('%j', (args, masked) => expect(maskArguments(args).args).toEqual(masked));
});

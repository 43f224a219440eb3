import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCredentialName } from './credential-names.ts';
import { referencesIn } from './references.ts';
import { classifyValue, maskText, maskUrl } from './secrets.ts';

describe('names', () => {
  test.each([
    'STRIPE_API_KEY',
    'apiKey',
    '--access-token',
    'AWS_ACCESS_KEY_ID',
    'DATABASE_URL',
    'Authorization',
    'X-API-Key',
    'SLACK_WEBHOOK_URL',
    'KUBECONFIG',
    'GITHUB_PERSONAL_ACCESS_TOKEN',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'SMTP_PASS',
  ])('%s names a secret', (name) => expect(isCredentialName(name)).toBe(true));
  test.each([
    'MAX_TOKENS',
    'publicKey',
    'AWS_REGION',
    'SMTP_USER',
    'TOKEN_LIMIT',
    'SUPABASE_URL',
    'PATH',
    'BYPASS',
    'AUTH_MODE',
    'KEYBOARD',
    '',
    'DOCS_ROOT',
  ])('%s does not', (name) => expect(isCredentialName(name)).toBe(false));
});

describe('references', () => {
  test('every host has its spelling', () => {
    expect(
      referencesIn('${A} ${B:-x} $C ${env:D} ${input:e-f} {env:G} {file:./h} ${{ secrets.I }} %J2% ${user_config.k}'),
    ).toEqual(['env:A', 'env:B', 'env:C', 'env:D', 'input:e-f', 'env:G', 'file:./h', 'secret:I', 'env:J2', 'input:k']);
  });
  test('places are not references', () =>
    expect(referencesIn('${workspaceFolder}/x ${CLAUDE_PLUGIN_ROOT} $HOME $1 100% sure %')).toEqual([]));
});

describe('values', () => {
  test.each([
    ['REPORTS_API_KEY', 'FAKE-KEY-NOT-REAL-0001', 'api key'],
    ['GITHUB_TOKEN', 'FAKE-TOKEN-NOT-REAL-0002', 'token'],
    ['ANY', 'postgres://app:FAKE-PW@db.example.com/app', 'password in connection string'],
    ['CONN', 'Server=db;User Id=x;Password=FAKE;', 'password in connection string'],
    ['Authorization', 'Bearer FAKEabc123', 'bearer token'],
    ['ANY', 'ghp_FAKE567890abcdefghij', 'token'],
    ['ANY', '${KEY:-sk-FAKEabcdefghijklmnop}', 'token'],
    ['DB_PASSWORD', '1234', 'password'],
  ])('%s=%s is a literal %s', (name, value, secret) =>
    expect(classifyValue(name, value)).toMatchObject({ kind: 'literal-secret', secret }),
  );

  test('the account and host of a connection string are names', () => {
    expect(classifyValue('DATABASE_URL', 'postgresql://support_admin:FAKE@db.acme.example:5432/support')).toMatchObject(
      { account: 'support_admin', host: 'db.acme.example' },
    );
  });

  test.each([
    ['API_KEY', '<your-key>', 'placeholder'],
    ['API_KEY', 'test-key', 'placeholder'],
    ['API_KEY', 'test-key-4711', 'literal-secret'],
    ['API_KEY', 'YOUR_API_KEY', 'placeholder'],
    ['API_KEY', '', 'empty'],
    ['API_KEY', '${API_KEY}', 'reference'],
    ['Authorization', 'Bearer $TOKEN', 'reference'],
    ['DATABASE_URL', 'postgres://app:${PW}@db/app', 'reference'],
    ['DATABASE_URL', 'sqlite:///x.db', 'plain'],
    ['KUBECONFIG', '/home/x/.kube/config', 'plain'],
    ['AWS_REGION', 'eu-west-1', 'plain'],
    ['USE_AUTH', 'true', 'plain'],
  ])('%s=%s is %s', (name, value, kind) => expect(classifyValue(name, value).kind).toBe(kind));
});

describe('masks', () => {
  const secret = fc.stringMatching(/^[a-z]{4}[A-Z]{4}[0-9]{5}[a-zA-Z0-9]{12}$/).map((text) => `FAKE${text}`);

  test('no secret of a usual form survives', () => {
    fc.assert(
      fc.property(secret, (value) => {
        for (const text of [
          `curl -H "Authorization: Bearer ${value}" https://h`,
          `https://u:${value}@h/x`,
          `API_KEY=${value} run`,
          `run --token ${value}`,
          `run --password=${value}`,
          `token ${value}`,
          `{"api_key": "${value}"}`,
          `https://h/?api_key=${value}`,
          `https://h/s/${value}/mcp`,
        ]) {
          expect(maskText(text), text).not.toContain(value);
        }
        expect(maskUrl(`https://u:${value}@h/${value}?a=${value}`)).not.toContain(value);
      }),
    );
  });

  test('ordinary text and references stay as they are', () => {
    for (const text of [
      'git push origin main',
      'Bash(npm run test *)',
      './scripts/check-command.sh',
      'Authorization: Bearer ${TOKEN}',
      'Password: must be set',
      'https://search.example.com/mcp',
      'read kb/refund-policy.md',
      '--token ${TOKEN}',
      'python3 .claude/hooks/guard_bash.py',
    ]) {
      expect(maskText(text)).toBe(text);
    }
    expect(maskUrl('https://h/${PATH_X}/a?token=$TOKEN&page=2')).toBe('https://h/${PATH_X}/a?token=$TOKEN&page=2');
  });

  test('hostile text costs time in proportion to its length', () => {
    for (const unit of [
      'a',
      'https://',
      ':@/',
      '${',
      'token=',
      '--a ',
      'Bearer ',
      '-----BEGIN ',
      ' ',
      '%A',
      '{env:',
      'a:',
      'sk-',
    ]) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const started = performance.now();
      maskText(text);
      maskUrl(text);
      classifyValue('API_KEY', text);
      referencesIn(text);
      expect(performance.now() - started, unit).toBeLessThan(200);
    }
  });
});

import { defineConfig } from 'vitest/config';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22)
  throw new Error(`Tests need Node 22 or newer, this is ${process.version}. Use npm test, which brings Node 24.`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'shared/**/*.test.ts',
            'electron/**/*.test.ts',
            'test/{arch,contract,attacks,crash,fixtures,cli,bench,accuracy,permissions}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          setupFiles: ['test/setup-node.ts'],
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});

import type { Framework } from '../framework.ts';
import { googleAdkJava } from './google-adk.ts';
import { javaPlatform } from './java-platform.ts';
import { langchain4j } from './langchain4j.ts';
import { mcpServersJava } from './mcp-servers.ts';
import { springAi } from './spring-ai.ts';

/** Frameworks of Java, one line each. */
export const javaFrameworks: readonly Framework[] = [
  springAi,
  langchain4j,
  googleAdkJava,
  mcpServersJava,
  javaPlatform,
];

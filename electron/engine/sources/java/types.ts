import { typeTable } from '../typed-languages/names.ts';

/**
 * Types that files name without importing them one by one: `java.lang`, and packages that are usually imported as a whole.
 * Java 25, Spring AI 1.x, LangChain4j 1.x, Google ADK 0.x to 1.x, MCP SDK 0.10 to 1.x. From knowledge of the packages.
 */
export const javaTypes: ReadonlyMap<string, readonly string[]> = typeTable({
  'java.lang': 'System Runtime ProcessBuilder Process Math Thread StringBuilder Integer Long Double Boolean Exception',
  'java.io': 'File FileReader FileWriter FileInputStream FileOutputStream BufferedReader InputStreamReader PrintWriter',
  'java.nio.file': 'Files Path Paths',
  'java.net': 'URI URL HttpURLConnection Socket',
  'java.net.http': 'HttpClient HttpRequest HttpResponse',
  'java.sql': 'Connection DriverManager Statement PreparedStatement ResultSet',
  'java.util': 'List Map Set Arrays Collections Optional Scanner ArrayList HashMap UUID',
  'org.springframework.ai.tool.annotation': 'Tool ToolParam',
  'org.springframework.ai.chat.client': 'ChatClient',
  'dev.langchain4j.agent.tool': 'Tool P ToolSpecification',
  'dev.langchain4j.service': 'AiServices SystemMessage UserMessage V MemoryId',
  'com.google.adk.agents': 'LlmAgent SequentialAgent ParallelAgent LoopAgent BaseAgent RunConfig',
  'com.google.adk.tools':
    'FunctionTool Annotations AgentTool LongRunningFunctionTool GoogleSearchTool BuiltInCodeExecutionTool',
  'io.modelcontextprotocol.server': 'McpServer McpSyncServer McpAsyncServer McpServerFeatures',
  'io.modelcontextprotocol.spec': 'McpSchema',
  'org.springframework.web.bind.annotation': 'GetMapping PostMapping PutMapping DeleteMapping RequestMapping',
});

import { typeTable } from '../typed-languages/names.ts';

/**
 * Types of libraries that tables speak of, by namespace: .NET 10 base libraries, Microsoft.Extensions.AI 10, Microsoft Agent
 * Framework 1.0 and its previews, Semantic Kernel 1.x, ModelContextProtocol 1.0, and clients of stores and clouds. From
 * knowledge of the packages, not from a read document.
 */
export const csharpTypes: ReadonlyMap<string, readonly string[]> = typeTable({
  System:
    'Environment Uri Console Convert Math DateTime DateTimeOffset Guid Random TimeSpan Activator String Array Lazy',
  'System.IO': 'File Directory FileInfo DirectoryInfo StreamReader StreamWriter FileStream Path',
  'System.Diagnostics': 'Process ProcessStartInfo',
  'System.Net.Http': 'HttpClient IHttpClientFactory HttpRequestMessage StringContent HttpMethod',
  'System.Net': 'WebClient WebRequest HttpWebRequest',
  'System.Net.Mail': 'SmtpClient MailMessage',
  'System.Net.Sockets': 'TcpClient Socket UdpClient',
  'System.Text.Json': 'JsonSerializer JsonDocument',
  'System.Text': 'StringBuilder Encoding',
  'System.Threading.Tasks': 'Task',
  'System.Data.SqlClient': 'SqlConnection SqlCommand',
  'Microsoft.Data.SqlClient': 'SqlConnection SqlCommand',
  'Microsoft.Data.Sqlite': 'SqliteConnection SqliteCommand',
  'System.Data.SQLite': 'SQLiteConnection SQLiteCommand',
  'System.Data': 'IDbConnection',
  'System.Data.Common': 'DbConnection DbCommand',
  Npgsql: 'NpgsqlConnection NpgsqlCommand NpgsqlDataSource',
  'MySql.Data.MySqlClient': 'MySqlConnection MySqlCommand',
  MySqlConnector: 'MySqlConnection MySqlCommand',
  'MongoDB.Driver': 'MongoClient IMongoCollection IMongoDatabase IMongoClient',
  'StackExchange.Redis': 'ConnectionMultiplexer IDatabase IConnectionMultiplexer',
  'Microsoft.Azure.Cosmos': 'CosmosClient Container',
  'Microsoft.EntityFrameworkCore': 'DbContext DbSet',
  'Azure.Storage.Blobs': 'BlobServiceClient BlobContainerClient BlobClient',
  'Azure.Messaging.ServiceBus': 'ServiceBusClient ServiceBusSender',
  'Azure.Security.KeyVault.Secrets': 'SecretClient',
  'Azure.Search.Documents': 'SearchClient',
  'Azure.Search.Documents.Indexes': 'SearchIndexClient',
  'Azure.Identity': 'DefaultAzureCredential AzureCliCredential ManagedIdentityCredential ClientSecretCredential',
  Azure: 'AzureKeyCredential',
  'System.ClientModel': 'ApiKeyCredential',
  'Amazon.S3': 'AmazonS3Client IAmazonS3',
  'Amazon.DynamoDBv2': 'AmazonDynamoDBClient IAmazonDynamoDB',
  'Amazon.BedrockRuntime': 'AmazonBedrockRuntimeClient IAmazonBedrockRuntime',
  'Google.Cloud.Storage.V1': 'StorageClient',
  MailKit: 'ISmtpClient',
  'MailKit.Net.Smtp': 'SmtpClient',
  SendGrid: 'SendGridClient ISendGridClient',
  Octokit: 'GitHubClient',
  'Microsoft.Graph': 'GraphServiceClient',
  'Microsoft.Playwright': 'Playwright IPage IBrowser',
  'Qdrant.Client': 'QdrantClient',
  OpenAI: 'OpenAIClient OpenAIClientOptions',
  'OpenAI.Chat':
    'ChatClient ChatTool ChatCompletionOptions ChatMessage ToolChatMessage SystemChatMessage UserChatMessage AssistantChatMessage',
  'OpenAI.Responses': 'OpenAIResponseClient ResponsesClient ResponseTool',
  'OpenAI.Assistants': 'AssistantClient',
  'Azure.AI.OpenAI': 'AzureOpenAIClient',
  'Azure.AI.Projects': 'AIProjectClient',
  'Azure.AI.Agents.Persistent':
    'PersistentAgentsClient CodeInterpreterToolDefinition FileSearchToolDefinition BingGroundingToolDefinition OpenApiToolDefinition AzureFunctionToolDefinition MCPToolDefinition',
  'Azure.AI.Inference': 'ChatCompletionsClient',
  OllamaSharp: 'OllamaApiClient',
  Anthropic: 'AnthropicClient',
  'Anthropic.SDK': 'AnthropicClient',
  'Google.GenAI': 'Client',
  'Microsoft.Extensions.AI':
    'IChatClient ChatClientBuilder AIFunctionFactory AIFunction AITool ApprovalRequiredAIFunction ChatOptions ChatMessage ChatRole HostedCodeInterpreterTool HostedWebSearchTool HostedFileSearchTool HostedMcpServerTool FunctionResultContent IEmbeddingGenerator',
  'Microsoft.Agents.AI':
    'AIAgent ChatClientAgent ChatClientAgentOptions AIAgentBuilder AgentSession AgentThread DelegatingAIAgent AIContextProvider TextSearchProvider Mem0Provider',
  'Microsoft.Agents.AI.A2A': 'A2AAgent',
  'Microsoft.Agents.AI.Workflows':
    'WorkflowBuilder AgentWorkflowBuilder Executor InProcessExecution RequestPort RequestInfoExecutor HandoffsWorkflowBuilder',
  'Microsoft.Agents.AI.Workflows.Reflection': 'ReflectingExecutor',
  'Microsoft.Extensions.Configuration':
    'IConfiguration IConfigurationRoot IConfigurationSection ConfigurationBuilder ConfigurationManager',
  'Microsoft.AspNetCore.Builder': 'WebApplication WebApplicationBuilder',
  'Microsoft.Extensions.Hosting': 'Host HostApplicationBuilder BackgroundService',
  'Microsoft.Extensions.DependencyInjection': 'IServiceCollection ServiceCollection',
  'Microsoft.SemanticKernel':
    'Kernel KernelBuilder IKernelBuilder KernelFunction KernelFunctionFactory KernelPluginFactory KernelPlugin KernelArguments IFunctionInvocationFilter IPromptRenderFilter IAutoFunctionInvocationFilter FunctionChoiceBehavior PromptExecutionSettings ISmsKernel',
  'Microsoft.SemanticKernel.Agents':
    'ChatCompletionAgent AgentGroupChat ChatHistoryAgentThread Agent AggregatorAgent DeclarativeAgent',
  'Microsoft.SemanticKernel.Agents.OpenAI': 'OpenAIAssistantAgent OpenAIResponseAgent',
  'Microsoft.SemanticKernel.Agents.AzureAI': 'AzureAIAgent',
  'Microsoft.SemanticKernel.Agents.Bedrock': 'BedrockAgent',
  'Microsoft.SemanticKernel.Agents.CopilotStudio': 'CopilotStudioAgent',
  'Microsoft.SemanticKernel.Agents.Magentic': 'MagenticOrchestration StandardMagenticManager',
  'Microsoft.SemanticKernel.Agents.Orchestration.Handoff': 'HandoffOrchestration OrchestrationHandoffs',
  'Microsoft.SemanticKernel.Agents.Orchestration.Sequential': 'SequentialOrchestration',
  'Microsoft.SemanticKernel.Agents.Orchestration.Concurrent': 'ConcurrentOrchestration',
  'Microsoft.SemanticKernel.Agents.Orchestration.GroupChat': 'GroupChatOrchestration RoundRobinGroupChatManager',
  'Microsoft.SemanticKernel.Connectors.OpenAI':
    'OpenAIPromptExecutionSettings ToolCallBehavior OpenAIChatCompletionService',
  'Microsoft.SemanticKernel.Connectors.AzureOpenAI':
    'AzureOpenAIPromptExecutionSettings AzureOpenAIChatCompletionService',
  'Microsoft.SemanticKernel.ChatCompletion': 'IChatCompletionService ChatHistory',
  'ModelContextProtocol.Server':
    'McpServerTool McpServerToolType McpServerPrompt McpServerPromptType McpServerResource McpServerResourceType McpServerFactory McpServer IMcpServer McpServerOptions',
  'ModelContextProtocol.Client':
    'McpClient McpClientFactory StdioClientTransport StdioClientTransportOptions HttpClientTransport HttpClientTransportOptions SseClientTransport SseClientTransportOptions',
  'ModelContextProtocol.Protocol.Transport':
    'StdioClientTransport StdioClientTransportOptions SseClientTransport SseClientTransportOptions',
  'System.ComponentModel': 'Description',
});

/** Namespaces that projects of the .NET SDK see without saying so (`ImplicitUsings`). */
export const implicitNamespaces: readonly string[] = [
  'System',
  'System.IO',
  'System.Net.Http',
  'System.Threading.Tasks',
  'Microsoft.AspNetCore.Builder',
  'Microsoft.Extensions.Configuration',
  'Microsoft.Extensions.DependencyInjection',
  'Microsoft.Extensions.Hosting',
];

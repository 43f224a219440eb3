import type { Framework } from '../framework.ts';

/** What calls of the .NET libraries and of usual clients do. From knowledge of the packages, .NET 10. */

const http = String.raw`^(?:System\.Net\.Http\.HttpClient(?:\(\))?|(?:[\w.]+\.)?IHttpClientFactory\(\)\.CreateClient\(\)|System\.Net\.WebClient\(\))`;
const sql = String.raw`^(?:System\.Data(?:\.\w+)?|Microsoft\.Data\.\w+|Npgsql|MySql\.Data\.MySqlClient|MySqlConnector)\.\w+`;

export const dotnetPlatform: Framework = {
  id: 'dotnet',
  title: '.NET libraries',
  language: 'csharp',
  roots: /^$/,
  keywords: [],
  effects: [
    {
      path: /^System\.Diagnostics\.Process(?:\(\))?\.Start$/,
      classes: ['executes-code'],
      because: 'starts a process',
      confidence: 'high',
    },
    {
      path: /^System\.IO\.File\.(?:Read\w*|OpenRead|OpenText)$|^System\.IO\.StreamReader$/,
      classes: ['reads-private'],
      because: 'reads a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^System\.IO\.File\.(?:Write\w*|Append\w*|Create|OpenWrite|Copy|Move|Replace)$|^System\.IO\.StreamWriter$|^System\.IO\.Directory\.Move$/,
      classes: ['writes'],
      because: 'writes a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^System\.IO\.(?:File|Directory)\.Delete$|^System\.IO\.(?:File|Directory)Info\(\)\.Delete$/,
      classes: ['deletes'],
      because: 'deletes files',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^System\.IO\.Directory\.(?:Get|Enumerate)\w+$/,
      classes: ['reads-private'],
      because: 'lists files',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: new RegExp(`${http}\\.(?:Get\\w*|DownloadString\\w*|DownloadData\\w*)$`),
      classes: [],
      because: 'reads from a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: new RegExp(`${http}\\.(?:Post\\w*|Put\\w*|Patch\\w*|Upload\\w*)$`),
      classes: ['sends-outside', 'writes'],
      because: 'sends to a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: new RegExp(`${http}\\.(?:Send\\w*)$`),
      classes: ['sends-outside'],
      because: 'sends a request to a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: new RegExp(`${http}\\.Delete\\w*$`),
      classes: ['deletes', 'sends-outside'],
      because: 'deletes at a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: new RegExp(
        `${sql}(?<!Command)(?:\\(\\)(?:\\.\\w+\\(\\))*\\.(?:Query\\w*|Execute(?:Async|Scalar\\w*)?|FromSql\\w*|ExecuteSql\\w*))$|${sql}Command$`,
      ),
      classes: [],
      because: 'runs SQL',
      channel: 'sql',
      service: 'sql',
      confidence: 'high',
    },
    {
      path: new RegExp(`${sql}\\(\\)(?:\\.\\w+\\(\\))*\\.CreateCommand\\(\\)\\.ExecuteNonQuery\\w*$`),
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'sql',
    },
    {
      path: new RegExp(`${sql}\\(\\)(?:\\.\\w+\\(\\))*\\.CreateCommand\\(\\)\\.Execute(?:Reader|Scalar)\\w*$`),
      classes: ['reads-private'],
      because: 'reads a database',
      channel: 'database',
      service: 'sql',
    },
    {
      path: /^Microsoft\.EntityFrameworkCore\.\w+\(\)(?:\.\w+(?:\(\))?)*\.SaveChanges(?:Async)?$/,
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'entity framework',
    },
    {
      path: /^MongoDB\.Driver\b.*\.(?:Find\w*|Aggregate\w*|Count\w*)$/,
      classes: ['reads-private'],
      because: 'reads a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^MongoDB\.Driver\b.*\.(?:Insert\w*|Update\w*|Replace\w*|BulkWrite\w*)$/,
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^MongoDB\.Driver\b.*\.Delete\w*$/,
      classes: ['deletes'],
      because: 'deletes from a database',
      channel: 'database',
      service: 'mongodb',
    },
    {
      path: /^StackExchange\.Redis\b.*\.String(?:Get)\w*$/,
      classes: ['reads-private'],
      because: 'reads a database',
      channel: 'database',
      service: 'redis',
    },
    {
      path: /^StackExchange\.Redis\b.*\.(?:StringSet|HashSet|ListLeftPush|Publish)\w*$/,
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'redis',
    },
    {
      path: /^(?:System\.Net\.Mail\.SmtpClient|MailKit\.[\w.]*SmtpClient|SendGrid\.I?SendGridClient)\(\)\.Send\w*$/,
      classes: ['sends-outside', 'writes'],
      because: 'sends mail',
      channel: 'mail',
      confidence: 'high',
    },
    {
      path: /^(?:Azure\.(?:Storage|Messaging|Security|Data|ResourceManager)|Amazon|Google\.Cloud|Microsoft\.Azure\.Cosmos)\b.*\.(?:Upload|Put|Send|Create|Set|Update|Upsert|Insert|Replace|Start|Invoke|Publish)\w*$/,
      classes: ['writes'],
      because: 'changes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^(?:Azure\.(?:Storage|Messaging|Security|Data|Search|ResourceManager)|Amazon|Google\.Cloud|Microsoft\.Azure\.Cosmos)\b.*\.(?:Delete|Remove|Terminate|Purge)\w*$/,
      classes: ['deletes'],
      because: 'deletes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^(?:Azure\.(?:Storage|Messaging|Security|Data|Search|ResourceManager)|Amazon|Google\.Cloud|Microsoft\.Azure\.Cosmos)\b.*\.(?:Get|List|Download|Read|Search|Query|Receive|Describe|Scan)\w*$/,
      classes: ['reads-private'],
      because: 'reads from a cloud',
      channel: 'cloud',
    },
    {
      path: /^System\.Net\.Sockets\.\w+\(\)\.(?:Connect|Send)\w*$/,
      classes: ['sends-outside'],
      because: 'sends over a socket',
      confidence: 'high',
    },
    {
      path: /^Microsoft\.Playwright\b.*\.GotoAsync$/,
      classes: ['reads-untrusted', 'sends-outside'],
      because: 'opens web pages in a browser',
      channel: 'http',
    },
  ],
  silent:
    /^(?:System\.Data(?:\.\w+)?|Microsoft\.Data\.\w+|Npgsql|MySql\.Data\.MySqlClient|MySqlConnector|MongoDB\.Driver|StackExchange\.Redis|Azure|Amazon|OpenAI)\b[\w.]*(?:\(\))?(?:\.(?:Open\w*|Close\w*|Dispose\w*|Parameters[\w.]*|GetDatabase|GetCollection|Connect|GetBlobContainerClient|GetBlobClient))?$|^System\.(?:Console|Convert|Math|DateTime|DateTimeOffset|Guid|Random|TimeSpan|String|Array|Text|Environment|Uri|Lazy|Activator|IO\.Path|Threading\.Tasks\.Task|Diagnostics\.ProcessStartInfo|IO\.(?:File\.Exists|Directory\.(?:Exists|CreateDirectory)|FileInfo|DirectoryInfo)|ComponentModel)\b|^Microsoft\.Extensions\.(?:Configuration|DependencyInjection|Hosting)\b|^System\.(?:Net\.Http\.(?:HttpClient|HttpRequestMessage|StringContent|HttpMethod)|Diagnostics\.Process|Net\.Mail\.(?:SmtpClient|MailMessage))$/,
};

import type { Framework } from '../framework.ts';

/** What calls of Go's library and of usual clients do. From knowledge of the packages, Go 1.26. */

const sqlRoots = String.raw`^(?:database\/sql|github_com\/jackc\/pgx(?:\/v\d+)?(?:\/pgxpool)?|github_com\/jmoiron\/sqlx)\.[\w()]+(?:\.\w+(?:\(\))?)*`;

export const goPlatform: Framework = {
  id: 'go',
  title: 'Go libraries',
  language: 'go',
  roots: /^$/,
  keywords: [],
  effects: [
    {
      path: /^os\/exec\.Command(?:Context)?$|^os\.StartProcess$|^syscall\.Exec$/,
      classes: ['executes-code'],
      because: 'starts a process',
      confidence: 'high',
    },
    {
      path: /^os\.(?:ReadFile|Open)$|^io\/ioutil\.ReadFile$/,
      classes: ['reads-private'],
      because: 'reads a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^os\.(?:WriteFile|Create|OpenFile|Rename|Chmod|Truncate)$|^io\/ioutil\.WriteFile$/,
      classes: ['writes'],
      because: 'writes a file',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^os\.Remove(?:All)?$/,
      classes: ['deletes'],
      because: 'deletes files',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^os\.ReadDir$|^path\/filepath\.(?:Walk|WalkDir|Glob)$|^io\/ioutil\.ReadDir$/,
      classes: ['reads-private'],
      because: 'lists files',
      channel: 'file-path',
      confidence: 'high',
    },
    {
      path: /^net\/http\.(?:Client\(\)\.|DefaultClient\.)?(?:Get|Head)$/,
      classes: [],
      because: 'reads from a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: /^net\/http\.(?:Client\(\)\.|DefaultClient\.)?Post(?:Form)?$/,
      classes: ['sends-outside', 'writes'],
      because: 'sends to a web address',
      channel: 'http',
      confidence: 'high',
    },
    {
      path: /^net\/http\.(?:Client\(\)|DefaultClient)\.Do$/,
      classes: ['sends-outside'],
      because: 'sends a request to a web address',
      confidence: 'high',
    },
    {
      path: new RegExp(`${sqlRoots}\\.(?:Query\\w*|Exec\\w*|NamedExec|Select|Get)$`),
      classes: [],
      because: 'runs SQL',
      channel: 'sql',
      service: 'sql',
      confidence: 'high',
    },
    {
      path: /^gorm_io\/gorm\b.*\.(?:Find|First|Last|Take|Scan|Raw)$|^go_mongodb_org\/mongo-driver\b.*\.(?:Find\w*|Aggregate|CountDocuments)$/,
      classes: ['reads-private'],
      because: 'reads a database',
      channel: 'database',
      service: 'database',
    },
    {
      path: /^gorm_io\/gorm\b.*\.(?:Create|Save|Update\w*|Exec)$|^go_mongodb_org\/mongo-driver\b.*\.(?:Insert\w*|Update\w*|Replace\w*)$/,
      classes: ['writes'],
      because: 'changes a database',
      channel: 'database',
      service: 'database',
    },
    {
      path: /^gorm_io\/gorm\b.*\.Delete$|^go_mongodb_org\/mongo-driver\b.*\.Delete\w*$/,
      classes: ['deletes'],
      because: 'deletes from a database',
      channel: 'database',
      service: 'database',
    },
    {
      path: /^net\/smtp\.(?:SendMail|Client\(\)\.\w+)$|^gopkg_in\/gomail\S*\.DialAndSend$|^github_com\/(?:sendgrid|mailgun|resend)\b.*\.Send\w*$/,
      classes: ['sends-outside', 'writes'],
      because: 'sends mail',
      channel: 'mail',
      confidence: 'high',
    },
    {
      path: /^(?:github_com\/aws\/aws-sdk-go|cloud_google_com\/go|github_com\/Azure\/azure-sdk-for-go|k8s_io\/client-go)\b.*\.(?:Put|Send|Create|Update|Upload|Publish|Start|Invoke|Run|Apply|Patch|Insert|Scale)\w*$/,
      classes: ['writes'],
      because: 'changes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^(?:github_com\/aws\/aws-sdk-go|cloud_google_com\/go|github_com\/Azure\/azure-sdk-for-go|k8s_io\/client-go)\b.*\.(?:Delete|Remove|Terminate)\w*$/,
      classes: ['deletes'],
      because: 'deletes something in a cloud',
      channel: 'cloud',
    },
    {
      path: /^(?:github_com\/aws\/aws-sdk-go|cloud_google_com\/go|github_com\/Azure\/azure-sdk-for-go|k8s_io\/client-go)\b.*\.(?:Get|List|Describe|Scan|Query|Read|Download|Search|Watch)\w*$/,
      classes: ['reads-private'],
      because: 'reads from a cloud',
      channel: 'cloud',
    },
    {
      path: /^github_com\/google\/go-github\b.*\.(?:Create|Edit|Update|Merge|Add|Close|Reply)\w*$/,
      classes: ['writes', 'sends-outside'],
      because: 'changes something at github',
    },
    {
      path: /^github_com\/google\/go-github\b.*\.(?:Get|List|Search|Download)\w*$|^github_com\/google\/go-github\b.*\.Search\.\w+$/,
      classes: ['reads-private', 'reads-untrusted'],
      because: 'reads from github',
    },
    {
      path: /^github_com\/google\/go-github\b.*\.(?:Delete|Remove)\w*$/,
      classes: ['deletes'],
      because: 'deletes at github',
    },
    {
      path: /^net\.Dial\w*$/,
      classes: ['sends-outside'],
      because: 'sends over a socket',
      confidence: 'high',
    },
  ],
  silent:
    /^(?:builtins\.(?:append|len|cap|make|new|string|int\d*|float\d+|copy|panic|delete|min|max|byte|error)|fmt|strings|strconv|errors|time|math(?:\/\w+)?|sort|slices|maps|bytes|regexp|encoding(?:\/\w+)?|context|log(?:\/slog)?|sync|unicode|path(?:\/filepath)?|io|bufio|reflect|html|text\/template|net\/url|crypto\/\w+|hash\/\w+|os\.(?:Getenv|LookupEnv|Exit|Getwd|MkdirAll|Mkdir|Stat|IsNotExist)|os\/exec\.Command(?:Context)?\(\)|net\/http\.(?:NewRequest(?:WithContext)?|Client|StatusText|NewServeMux)|database\/sql\.(?:Open|Rows|DB))\b/,
};

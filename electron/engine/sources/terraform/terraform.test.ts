import { describe, expect, test } from 'vitest';
import { linkFiles, listed, related } from '../infrastructure/link-files.test-support.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { terraformSource } from './terraform.ts';

const main = `variable "model" {
  type    = string
  default = "anthropic.claude-3-5-haiku-20241022-v1:0"
}

locals {
  prefix = "desk"
  name   = "\${local.prefix}-agent"
}

resource "aws_iam_role" "agent" {
  name               = "\${local.name}-role"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "agent" {
  name = "inline"
  role = aws_iam_role.agent.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = aws_s3_bucket.docs.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "agent" {
  role       = aws_iam_role.agent.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess"
}

resource "aws_s3_bucket" "docs" {
  bucket = "\${local.prefix}-docs"
}

resource "aws_bedrockagent_agent" "desk" {
  agent_name              = local.name
  agent_resource_role_arn = aws_iam_role.agent.arn
  foundation_model        = var.model
  instruction             = <<-EOT
    You answer.
      Indented.
  EOT
}

resource "aws_bedrockagent_agent_action_group" "tickets" {
  action_group_name = "tickets"
  agent_id          = aws_bedrockagent_agent.desk.id
  agent_version     = "DRAFT"
  action_group_executor {
    custom_control = "RETURN_CONTROL"
  }
  function_schema {
    member_functions {
      functions {
        name                 = "delete_ticket"
        require_confirmation = "ENABLED"
      }
    }
  }
}
`;

describe('one folder', () => {
  test('agent, role, tools and gates with their lines', async () => {
    const linked = await linkFiles(terraformSource, { 'infra/main.tf': main });
    expect(listed(linked)).toEqual([
      'agent desk-agent app/infra/main.tf:44',
      'identity desk-agent-role app/infra/main.tf:11',
      'model anthropic.claude-3-5-haiku-20241022-v1:0 app/infra/main.tf:3',
      'prompt desk-agent instructions app/infra/main.tf:48',
      'tool delete_ticket app/infra/main.tf:63',
      'approval-gate confirmation of delete_ticket app/infra/main.tf:65',
    ]);
    expect(related(linked)).toEqual([
      'desk-agent runs-as desk-agent-role main.tf:46',
      'desk-agent uses anthropic.claude-3-5-haiku-20241022-v1:0 main.tf:3',
      'desk-agent uses desk-agent instructions main.tf:48',
      'desk-agent uses delete_ticket main.tf:63',
      'delete_ticket gated-by confirmation of delete_ticket main.tf:65',
    ]);
    expect(linked.issues).toEqual([]);
  });

  test('a role with its trust and its policies as written', async () => {
    const linked = await linkFiles(terraformSource, { 'infra/main.tf': main });
    const role = linked.assets.find((asset) => asset.kind === 'identity');
    expect(role?.key).toBe('aws-role:desk-agent-role');
    expect(role?.properties).toEqual({
      type: 'aws-role',
      declaredAs: 'aws_iam_role.agent',
      language: 'terraform',
      trust: [
        {
          effect: 'Allow',
          actions: ['sts:AssumeRole'],
          principals: [{ type: 'Service', identifiers: ['bedrock.amazonaws.com'] }],
          place: 'app/infra/main.tf',
          line: 17,
        },
      ],
      inlinePolicies: [
        {
          name: 'inline',
          statements: [
            {
              effect: 'Allow',
              actions: ['s3:*'],
              resources: ['arn:aws:s3:::desk-docs'],
              place: 'app/infra/main.tf',
              line: 31,
            },
          ],
          place: 'app/infra/main.tf',
          line: 26,
        },
      ],
      managedPolicies: [
        { policy: 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess', place: 'app/infra/main.tf', line: 35 },
      ],
    });
  });

  test('indentation of a text is taken off as Terraform does', async () => {
    const linked = await linkFiles(terraformSource, { 'infra/main.tf': main });
    expect(linked.assets.find((asset) => asset.kind === 'prompt')?.properties?.['preview']).toBe(
      'You answer.\n  Indented.',
    );
  });
});

describe('modules', () => {
  const child = `variable "model" {}
variable "role_arn" {}
resource "aws_bedrockagent_agent" "this" {
  agent_name              = "child"
  agent_resource_role_arn = var.role_arn
  foundation_model        = var.model
}
output "id" {
  value = aws_bedrockagent_agent.this.agent_id
}
`;
  test('what a caller hands in, and outputs of a module', async () => {
    const linked = await linkFiles(terraformSource, {
      'modules/agent/main.tf': child,
      'live/main.tf': `module "agent" {
  source   = "../modules/agent"
  model    = "amazon.nova-pro-v1:0"
  role_arn = "arn:aws:iam::111122223333:role/path/live-agent"
}
resource "aws_bedrockagent_agent_action_group" "ask" {
  agent_id                      = module.agent.id
  parent_action_group_signature = "AMAZON.UserInput"
}
`,
    });
    expect(listed(linked)).toEqual([
      'agent child app/modules/agent/main.tf:3',
      'identity live-agent app/live/main.tf:4',
      'model amazon.nova-pro-v1:0 app/live/main.tf:3',
      'tool AMAZON.UserInput app/live/main.tf:8',
    ]);
    expect(linked.assets.find((asset) => asset.kind === 'identity')?.properties?.['accounts']).toEqual([
      '111122223333',
    ]);
    expect(related(linked, 'runs-as', 'uses')).toEqual([
      'child runs-as live-agent main.tf:4',
      'child uses amazon.nova-pro-v1:0 main.tf:3',
      'child uses AMAZON.UserInput main.tf:8',
    ]);
  });

  test('what nobody says stays open, and says so', async () => {
    const linked = await linkFiles(terraformSource, { 'modules/agent/main.tf': child });
    expect(linked.assets.map(({ kind, name, dynamic }) => [kind, name, dynamic ?? false])).toEqual([
      ['agent', 'child', false],
      ['identity', 'role of var.role_arn', true],
    ]);
  });
});

test('a copy for each known key', async () => {
  const linked = await linkFiles(terraformSource, {
    'main.tf': `locals {
  agents = {
    hr = { model = "amazon.nova-lite-v1:0" }
    it = { model = "amazon.nova-pro-v1:0" }
  }
}
resource "aws_iam_role" "agent" {
  for_each = local.agents
  name     = "agent-\${each.key}"
}
resource "aws_bedrockagent_agent" "agent" {
  for_each                = local.agents
  agent_name              = each.key
  foundation_model        = each.value.model
  agent_resource_role_arn = aws_iam_role.agent[each.key].arn
}
`,
  });
  expect(related(linked)).toEqual([
    'hr runs-as agent-hr main.tf:15',
    'hr uses amazon.nova-lite-v1:0 main.tf:3',
    'it runs-as agent-it main.tf:15',
    'it uses amazon.nova-pro-v1:0 main.tf:4',
  ]);
});

describe('AgentCore', () => {
  const text = `resource "aws_bedrockagentcore_agent_runtime" "ops" {
  agent_runtime_name = "ops"
  role_arn           = "arn:aws:iam::111122223333:role/ops"
  agent_runtime_artifact {
    container_configuration {
      container_uri = "\${aws_ecr_repository.ops.repository_url}:\${var.tag}"
    }
  }
  network_configuration {
    network_mode = "PUBLIC"
  }
  environment_variables = {
    MODEL_ID       = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
    MEMORY         = aws_bedrockagentcore_memory.ops.id
    WIKI_SECRET    = "prod/wiki"
    BYPASS_CONSENT = "true"
  }
}
resource "aws_ecr_repository" "ops" {
  name = "acme/ops"
}
variable "tag" {
  default = "latest"
}
resource "aws_bedrockagentcore_memory" "ops" {
  name                  = "ops"
  event_expiry_duration = 30
}
`;
  test('a runtime with what its variables point to', async () => {
    const linked = await linkFiles(terraformSource, { 'main.tf': text });
    expect(related(linked)).toEqual([
      'ops runs-as ops main.tf:3',
      'ops authenticates-with prod/wiki main.tf:15',
      'ops uses eu.anthropic.claude-sonnet-4-5-20250929-v1:0 main.tf:13',
      'ops reads AgentCore memory ops main.tf:14',
      'ops writes AgentCore memory ops main.tf:14',
    ]);
    const runtime = linked.assets.find((asset) => asset.kind === 'workload')?.properties as Properties;
    expect([runtime['image'], runtime['imagePinned'], runtime['imageTagMutability'], runtime['network']]).toEqual([
      'acme/ops:latest',
      false,
      'MUTABLE',
      { mode: 'PUBLIC', place: 'app/main.tf', line: 10 },
    ]);
    expect(runtime['environment']).toEqual([
      { name: 'MODEL_ID', place: 'app/main.tf', line: 13 },
      { name: 'MEMORY', place: 'app/main.tf', line: 14 },
      { name: 'WIKI_SECRET', place: 'app/main.tf', line: 15 },
      { name: 'BYPASS_CONSENT', value: 'true', place: 'app/main.tf', line: 16 },
    ]);
  });
});

test('the JSON form says the same', async () => {
  const linked = await linkFiles(terraformSource, {
    'main.tf.json': JSON.stringify(
      {
        resource: {
          aws_iam_role: { agent: { name: 'json-role' } },
          aws_bedrockagent_agent: {
            a: {
              agent_name: 'json',
              agent_resource_role_arn: '${aws_iam_role.agent.arn}',
              foundation_model: '${var.model}',
            },
          },
        },
        variable: { model: { default: 'amazon.nova-pro-v1:0' } },
      },
      null,
      1,
    ),
  });
  expect(related(linked)).toEqual([
    'json runs-as json-role main.tf.json:11',
    'json uses amazon.nova-pro-v1:0 main.tf.json:18',
  ]);
});

test('folders without an agent give nothing', async () => {
  const linked = await linkFiles(terraformSource, {
    'main.tf':
      'resource "aws_iam_role" "x" {\n  name = "x"\n}\nresource "aws_lambda_function" "agent" {\n  function_name = "agent"\n}\n',
  });
  expect(listed(linked)).toEqual([]);
});

test('operations that variables of a module decide: the group stands for them, schemas of its callers are read', async () => {
  const linked = await linkFiles(terraformSource, {
    'agent/main.tf': `variable "groups" { default = [] }

locals {
  by_name = { for one in var.groups : one.name => one }
}

resource "aws_bedrockagent_agent" "desk" {
  agent_name              = "desk"
  agent_resource_role_arn = "arn:aws:iam::123456789012:role/desk"
  foundation_model        = "anthropic.claude-3-5-haiku-20241022-v1:0"
}

resource "aws_bedrockagent_agent_action_group" "own" {
  for_each          = local.by_name
  action_group_name = each.value.name
  agent_id          = aws_bedrockagent_agent.desk.id
  dynamic "api_schema" {
    for_each = each.value.schema != null ? [1] : []
    content {
      payload = each.value.schema
    }
  }
  dynamic "function_schema" {
    for_each = each.value.functions != null ? [each.value.functions] : []
    content {
      member_functions {
        dynamic "functions" {
          for_each = function_schema.value
          content {
            name = functions.value.name
          }
        }
      }
    }
  }
}
`,
    'shop/main.tf': `module "desk" {
  source = "../agent"
  groups = [
    {
      name = "orders"
      schema = jsonencode({
        openapi = "3.0.0"
        paths = {
          "/orders" = {
            get    = { operationId = "listOrders" }
            delete = { summary = "Delete all orders", "x-requireConfirmation" = "ENABLED" }
          }
        }
      })
    }
  ]
}
`,
  });
  expect(listed(linked).filter((line) => /^(?:tool|approval-gate) /.test(line))).toEqual([
    'tool own app/agent/main.tf:13',
    'tool listOrders app/shop/main.tf:10',
    'tool DELETE /orders app/shop/main.tf:11',
    'approval-gate confirmation of DELETE /orders app/shop/main.tf:11',
  ]);
  expect(related(linked)).toEqual(
    expect.arrayContaining(['desk uses own main.tf:13', 'desk uses listOrders main.tf:10']),
  );
});

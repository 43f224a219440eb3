import { expect, test } from 'vitest';
import { linkFiles, listed, related } from '../infrastructure/link-files.test-support.ts';
import { cloudFormationSource } from './cloudformation.ts';

const template = `Parameters:
  Model:
    Type: String
    Default: anthropic.claude-3-haiku-20240307-v1:0
Resources:
  AgentRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: desk-role
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: bedrock.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: invoke
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [bedrock:InvokeModel]
                Resource: !Sub "arn:aws:bedrock:\${AWS::Region}::foundation-model/\${Model}"
  Agent:
    Type: AWS::Bedrock::Agent
    Properties:
      AgentName: desk
      AgentResourceRoleArn: !GetAtt AgentRole.Arn
      FoundationModel: !Ref Model
      Instruction: You answer.
      GuardrailConfiguration:
        GuardrailIdentifier: !GetAtt Guard.GuardrailId
        GuardrailVersion: DRAFT
      ActionGroups:
        - ActionGroupName: orders
          ActionGroupExecutor: {Lambda: !GetAtt Orders.Arn}
          FunctionSchema:
            Functions:
              - Name: cancel_order
                RequireConfirmation: ENABLED
  Guard:
    Type: AWS::Bedrock::Guardrail
    Properties:
      Name: guard
      ContentPolicyConfig:
        FiltersConfig:
          - {Type: HATE, InputStrength: HIGH, OutputStrength: LOW}
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/orders
      Handler: app.handler
      Runtime: python3.12
      Policies:
        - DynamoDBCrudPolicy: {TableName: t}
      Environment:
        Variables:
          ORDERS_API_KEY: '{{resolve:secretsmanager:prod/orders}}'
`;

test('short forms of the intrinsic functions are followed', async () => {
  const linked = await linkFiles(cloudFormationSource, { 'template.yaml': template });
  expect(listed(linked)).toEqual([
    'agent desk app/template.yaml:22',
    'identity desk-role app/template.yaml:6',
    'model anthropic.claude-3-haiku-20240307-v1:0 app/template.yaml:4',
    'prompt desk instructions app/template.yaml:28',
    'guardrail guard app/template.yaml:39',
    'workload Orders app/template.yaml:46',
    'identity role of Orders app/template.yaml:53',
    'credential prod/orders app/template.yaml:56',
    'tool cancel_order app/template.yaml:37',
    'approval-gate confirmation of cancel_order app/template.yaml:38',
  ]);
  expect(related(linked)).toEqual([
    'desk runs-as desk-role template.yaml:26',
    'desk uses anthropic.claude-3-haiku-20240307-v1:0 template.yaml:4',
    'desk uses desk instructions template.yaml:28',
    'desk guarded-by guard template.yaml:30',
    'Orders runs-as role of Orders template.yaml:46',
    'Orders authenticates-with prod/orders template.yaml:56',
    'cancel_order executes Orders template.yaml:37',
    'desk uses cancel_order template.yaml:37',
    'cancel_order gated-by confirmation of cancel_order template.yaml:38',
  ]);
});

test('a template of the CDK, and a role of another stack by its export', async () => {
  const stack = JSON.stringify(
    {
      Resources: {
        Agent: {
          Type: 'AWS::Bedrock::Agent',
          Properties: {
            AgentName: 'cdk-agent',
            AgentResourceRoleArn: { 'Fn::ImportValue': 'base-role' },
            FoundationModel: {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':bedrock:',
                  { Ref: 'AWS::Region' },
                  '::foundation-model/amazon.nova-pro-v1:0',
                ],
              ],
            },
          },
        },
      },
    },
    null,
    1,
  );
  const base =
    'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: shared\nOutputs:\n  RoleArn:\n    Value: !GetAtt Role.Arn\n    Export:\n      Name: base-role\n';
  const linked = await linkFiles(cloudFormationSource, { 'cdk.out/App.template.json': stack, 'base.yaml': base });
  expect(related(linked)).toEqual([
    'cdk-agent runs-as shared App.template.json:7',
    'cdk-agent uses amazon.nova-pro-v1:0 App.template.json:10',
  ]);
});

test('templates without agents, and texts that only mention them, give nothing', async () => {
  const linked = await linkFiles(cloudFormationSource, {
    'roles.yaml': 'Resources:\n  Role:\n    Type: AWS::IAM::Role\n',
    'notes.json': '{"text": "AWS::Bedrock::Agent is a type"}',
  });
  expect([listed(linked), linked.issues]).toEqual([[], []]);
});

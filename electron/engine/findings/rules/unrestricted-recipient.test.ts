import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const text = [
  'import os',
  'import httpx',
  'import psycopg',
  'import stripe',
  'from langchain.agents import create_agent',
  'from langchain.agents.middleware import HumanInTheLoopMiddleware',
  'from langchain_core.tools import tool',
  '',
  'stripe.api_key = os.environ["STRIPE_API_KEY"]',
  '',
  '',
  'import smtplib',
  'from email.message import EmailMessage',
  '',
  '',
  '@tool',
  'def send_email(to: str, text: str) -> str:',
  '    """Send a mail."""',
  '    message = EmailMessage()',
  '    message["To"] = to',
  '    message.set_content(text)',
  '    with smtplib.SMTP("mail.example") as server:',
  '        server.send_message(message)',
  '    return "sent"',
  '',
  '',
  'agent = create_agent("openai:gpt-5", tools=[send_email], name="support")',
  '',
].join('\n');
const text2 = [
  'import os',
  'import httpx',
  'import psycopg',
  'import stripe',
  'from langchain.agents import create_agent',
  'from langchain.agents.middleware import HumanInTheLoopMiddleware',
  'from langchain_core.tools import tool',
  '',
  'stripe.api_key = os.environ["STRIPE_API_KEY"]',
  '',
  '',
  'import smtplib',
  'from email.message import EmailMessage',
  '',
  '',
  '@tool',
  'def send_email(to: str, text: str) -> str:',
  '    """Send a mail."""',
  '    message = EmailMessage()',
  '    message["To"] = to',
  '    message.set_content(text)',
  '    with smtplib.SMTP("mail.example") as server:',
  '        server.send_message(message)',
  '    return "sent"',
  '',
  '',
  'agent = create_agent("openai:gpt-5", tools=[send_email], name="support", middleware=[HumanInTheLoopMiddleware(interrupt_on={"send_email": True})])',
  '',
].join('\n');

test('the model names the recipient', async () => {
  const { found, undecided, looked } = await scanAndJudge('unrestricted-recipient', { 'app.py': text });
  expect({ found, undecided, looked }).toEqual({ found: ['high app.py:17 send_email'], undecided: [], looked: 1 });
});

test('a person is asked first', async () => {
  const { found, undecided, looked } = await scanAndJudge('unrestricted-recipient', { 'app.py': text2 });
  expect({ found, undecided, looked }).toEqual({ found: [], undecided: [], looked: 1 });
});

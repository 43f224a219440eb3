import { isCredentialName } from '../../parse/credential-names.ts';
import { maskUrl } from '../../parse/secrets.ts';
import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { add, type Collected, useVendor } from './body-facts.ts';
import type { Effect } from './effects.ts';
import { argumentOf, valuesIn } from './arguments.ts';
import { vendorOfHost } from './vendors.ts';

export function judgeWeb(project: Project, call: CallValue, path: string, effect: Effect, into: Collected): void {
  const { spot } = call;
  const named = /\.(?:request|stream|send)$/.test(path) ? 1 : 0;
  const loader =
    call.callee.kind === 'member' && call.callee.of.kind === 'call' && path.includes('document_loaders')
      ? call.callee.of
      : null;
  const target = argumentOf(
    project,
    loader ?? call,
    loader === null ? named : 0,
    'url',
    'web_path',
    'web_paths',
    'urls',
  );
  const host = hostOf(target) ?? baseHost(project, call);
  const authenticated = hasCredentials(project, call);
  const sends = effect.classes.includes('sends-outside');
  const vendor = host === null ? null : vendorOfHost(host);
  if (vendor !== null && host !== null) {
    const action = effect.classes.includes('deletes')
      ? 'deletes'
      : effect.classes.includes('writes')
        ? 'writes'
        : 'reads';
    if (action === 'reads') {
      add(into, 'reads-private', spot, `reads from ${vendor.service}`, 'medium');
      if (vendor.untrusted)
        add(into, 'reads-untrusted', spot, `people outside write what is read from ${vendor.service}`, 'medium');
    } else if (vendor.money === true)
      add(into, 'spends-money', spot, `changes something at ${vendor.service}`, 'medium');
    useVendor(into, vendor, action, spot, sends, targetSpot(target) ?? spot);
    return;
  }
  if (host === null) {
    add(into, 'sends-outside', spot, 'the caller decides the address, which can carry data out', effect.confidence);
    if (!sends || /request$|send$/.test(path))
      add(into, 'reads-untrusted', spot, 'reads from an address that the caller decides', effect.confidence);
    into.services.set('egresses *', {
      action: 'egresses-to',
      host: '*',
      kind: 'web',
      spot,
      confidence: effect.confidence,
    });
    if (!sends)
      into.services.set('ingests *', {
        action: 'ingests',
        host: '*',
        kind: 'web',
        spot,
        confidence: effect.confidence,
      });
    return;
  }
  if (!sends) {
    if (authenticated) add(into, 'reads-private', spot, `reads from ${host} with a credential`, effect.confidence);
    else {
      add(into, 'reads-untrusted', spot, `reads from ${host}, which is outside the project`, effect.confidence);
      into.services.set(`ingests ${host}`, {
        action: 'ingests',
        host,
        kind: 'web',
        spot,
        confidence: effect.confidence,
      });
    }
  }
  into.services.set(`egresses ${host}`, {
    action: 'egresses-to',
    host,
    kind: 'web',
    spot,
    confidence: effect.confidence,
  });
}

const targetSpot = (value: Value | null): Spot | null => {
  if (value === null) return null;
  if (value.kind === 'template') {
    const inner = value.parts.map(targetSpot).find((spot) => spot !== null);
    return inner ?? value.spot;
  }
  return value.kind === 'text' ? value.spot : null;
};

/** Host of an address; `*` stands for a label that depends on the run. Null when the host itself does. */
function hostOf(value: Value | null): string | null {
  if (value === null) return null;
  for (const option of optionsOf(value)) {
    const text = addressText(option);
    const match = text === null ? null : /^(?:https?|wss?):\/\/([^/?#\s]{1,300})/i.exec(maskUrl(text));
    const host = match?.[1]
      ?.replace(/^[^@]*@/, '')
      .replace(/:.*$/, '')
      .replace(/^[^$].*$/, (name) => name.toLowerCase());
    if (host !== undefined && host !== '*' && /[a-z0-9]/i.test(host.replace(/\*/g, ''))) return host;
    if (option.kind === 'environment' && option.fallback !== null) {
      const fallback = hostOf(option.fallback);
      if (fallback !== null) return fallback;
    }
    if (option.kind === 'environment') return `$${option.name}`;
    if (option.kind === 'list' && option.items.length > 0) {
      const inner = hostOf(option.items[0]?.value ?? null);
      if (inner !== null) return inner;
    }
  }
  return null;
}

function addressText(value: Value): string | null {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'environment') return value.fallback === null ? null : addressText(value.fallback);
  if (value.kind === 'template') {
    const [first] = value.parts;
    if (first?.kind === 'environment') return `https://$${first.name}/`;
    return value.parts.map((part) => addressText(part) ?? '*').join('');
  }
  if (value.kind === 'choice') return value.options.map(addressText).find((text) => text !== null) ?? null;
  return null;
}

/** `httpx.Client(base_url="https://api.example.com").get("/x")` */
function baseHost(project: Project, call: CallValue): string | null {
  for (let at: Value = call; ; ) {
    if (at.kind === 'call') {
      const base = argumentOf(project, at, null, 'base_url', 'baseURL', 'baseUrl', 'prefixUrl', 'BaseAddress');
      if (base !== null) return hostOf(base);
      at = at.callee;
    } else if (at.kind === 'member') at = at.of;
    else return null;
  }
}

function hasCredentials(project: Project, call: CallValue): boolean {
  for (const keyword of call.call.keywords) if (keyword.name === 'auth' || keyword.name === 'cert') return true;
  for (const value of valuesIn(project, call)) {
    if (value.kind === 'environment' && isCredentialName(value.name)) return true;
    if (value.kind === 'text' && value.secret === true) return true;
    if (
      value.kind === 'dict' &&
      value.entries.some((entry) => entry.key?.kind === 'text' && /^authorization$|api[-_]?key/i.test(entry.key.text))
    )
      return true;
  }
  return false;
}

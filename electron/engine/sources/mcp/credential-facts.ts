import type { Properties } from '../../../../shared/model/facts.ts';
import { credentialRef } from '../keys.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import type { Span } from '../parse/node.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, type ValueClass } from '../parse/secrets.ts';
import type { AssetRef, FileInput } from '../source.ts';
import type { MaskedArguments } from './mask-arguments.ts';
import type { RawServer } from './raw-server.ts';

type Found = Span & {
  readonly ref: AssetRef;
  readonly name: string;
  readonly form: 'reference' | 'literal' | 'input' | 'passed-through';
  readonly variable: string;
  readonly secretKind: string | null;
  readonly account: string | null;
};

type Place = {
  readonly host: string;
  readonly where: string;
  readonly place: string;
  readonly passwordInputs?: ReadonlySet<string>;
  readonly pathOf?: ((inside: string) => string) | undefined;
};

/** Finds the credentials of one server entry: names, kinds and places, never values. */
export class CredentialCollector {
  readonly secretRefs: string[] = [];
  readonly literalSecrets: Properties[] = [];
  readonly #found: Found[] = [];
  readonly #raw: RawServer;
  readonly #place: Place;

  constructor(raw: RawServer, place: Place) {
    this.#raw = raw;
    this.#place = place;
  }

  fromEnvironment(): void {
    for (const item of this.#raw.env) this.#judge(item.name, item.value, `env.${item.name}`, item, false);
    for (const item of this.#raw.envReferences) {
      if (item.use === 'env' && !isCredentialName(item.name)) continue;
      this.#reference(`env:${item.name}`, item.name, item);
    }
  }

  fromHeaders(): void {
    for (const item of this.#raw.headers) this.#judge(item.name, item.value, `headers.${item.name}`, item, true);
  }

  fromUrl(): void {
    const { url, urlLine } = this.#raw;
    if (url !== null) this.#judge('', url, 'url', { line: urlLine, endLine: urlLine }, false);
  }

  fromArguments(masked: MaskedArguments): void {
    for (const secret of masked.secrets) {
      const line = this.#raw.argLines[secret.index] ?? this.#raw.line;
      const span = { line, endLine: line };
      const name = secret.name.replace(/^-+/, '');
      for (const reference of secret.references) this.#reference(reference, name, span);
      if (secret.kind === null) continue;
      const value = this.#raw.args[secret.index] ?? '';
      this.#literal(
        name,
        classifyValue(name, value.slice(value.indexOf('=') + 1)),
        secret.kind,
        `args[${secret.index}]`,
        span,
        false,
      );
    }
    this.#passedThrough();
  }

  /** `docker run -e NAME` hands a variable of the host on; it is known by name where the map says nothing about it. */
  #passedThrough(): void {
    const known = new Set(this.#raw.env.map((item) => item.name));
    for (const [index, word] of this.#raw.args.entries()) {
      const next = this.#raw.args[index + 1];
      if ((word !== '-e' && word !== '--env') || next === undefined || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(next)) continue;
      if (known.has(next) || !isCredentialName(next)) continue;
      const line = this.#raw.argLines[index + 1] ?? this.#raw.line;
      this.#push({
        ref: credentialRef(next),
        name: next,
        form: 'passed-through',
        variable: next,
        secretKind: null,
        account: null,
        line,
        endLine: line,
      });
      this.#note(`env:${next}`);
    }
  }

  #judge(name: string, value: string, where: string, span: Span, isHeader: boolean): void {
    const judged = classifyValue(name, value);
    if (judged.kind === 'literal-secret') this.#literal(name, judged, judged.secret, where, span, isHeader);
    if (judged.kind !== 'literal-secret' && judged.kind !== 'reference') return;
    for (const reference of judged.references) {
      const bare = reference.slice(reference.indexOf(':') + 1);
      const asked = reference.startsWith('input:') && this.#place.passwordInputs?.has(bare) === true;
      if (isHeader || asked || reference.startsWith('secret:') || isCredentialName(name) || isCredentialName(bare)) {
        this.#reference(reference, name, span, isHeader);
      }
    }
  }

  #reference(reference: string, variable: string, span: Span, isHeader = false): void {
    this.#note(reference);
    const kind = reference.slice(0, reference.indexOf(':'));
    const bare = reference.slice(kind.length + 1);
    if (kind === 'file' || kind === 'command' || kind === 'config') return;
    const isInput = kind === 'input';
    const name = isInput && !isHeader && isCredentialName(variable) ? variable : bare;
    this.#push({
      ...spanOf(span),
      ref: credentialRef(name),
      name,
      form: isInput ? 'input' : 'reference',
      variable,
      secretKind: null,
      account: null,
    });
  }

  #literal(name: string, judged: ValueClass, kind: string, where: string, span: Span, isHeader: boolean): void {
    const path = this.#place.pathOf?.(where) ?? `${this.#place.where}.${this.#raw.name}.${where}`;
    this.literalSecrets.push({ where: path, kind, line: span.line });
    const account = judged.kind === 'literal-secret' ? judged.account : null;
    if (account !== null && judged.kind === 'literal-secret') {
      const title = `literal-${account}`;
      const ref = credentialRef(judged.host === null ? title : `${title}@${judged.host}`);
      this.#push({ ...spanOf(span), ref, name: title, form: 'literal', variable: name, secretKind: kind, account });
      return;
    }
    const ownName = !isHeader && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && where.startsWith('env.');
    const title = ownName ? name : `${this.#raw.name} ${name === '' ? where : name}`;
    const ref: AssetRef = ownName ? credentialRef(name) : { kind: 'credential', key: `${this.#place.place}#${path}` };
    this.#push({ ...spanOf(span), ref, name: title, form: 'literal', variable: name, secretKind: kind, account: null });
  }

  #note(reference: string): void {
    if (!this.secretRefs.includes(reference)) this.secretRefs.push(reference);
  }

  #push(found: Found): void {
    this.#found.push(found);
  }

  emit(builder: ReadingBuilder, server: AssetRef): void {
    for (const found of this.#found) {
      const credential = credentialDraft(builder, builder.file, found, this.#place.host);
      builder.relation({
        kind: 'authenticates-with',
        from: server,
        to: credential,
        properties: { form: found.form, variable: found.variable },
        lines: spanOf(found),
      });
    }
  }
}

const spanOf = (span: Span): Span => ({ line: span.line, endLine: span.endLine });

/** One credential by name, with the form it is seen in here. */
export function credentialDraft(
  builder: ReadingBuilder,
  file: FileInput,
  found: Span & {
    readonly ref: AssetRef;
    readonly name: string;
    readonly form: string;
    readonly secretKind: string | null;
    readonly account?: string | null;
  },
  host: string,
): AssetRef {
  return builder.asset({
    ...found.ref,
    name: found.name,
    properties: {
      ...(found.form === 'literal' ? { literal: true } : {}),
      ...(found.secretKind === null ? {} : { secretKind: found.secretKind }),
      ...(found.account == null ? {} : { account: found.account }),
      forms: [{ form: found.form, host, place: file.place, line: found.line }],
    },
    lines: spanOf(found),
  });
}

import type { Node } from 'web-tree-sitter';
import type { ShellGrammar } from './grammar.ts';
import type { Assignment, Part, Redirection, ShellProgram, SimpleCommand, Structure, Word } from './program.ts';
import { wordOf } from './words.ts';

/** UTF-16 units; what is longer is not analysed (Claude Code asks above 10,000 as well, documentation 2026-08-22). */
export const maxLength = 10_000;
const maxDepth = 60;

type Within = SimpleCommand['within'];
type Place = { readonly within: Within; readonly piped: boolean };

/** Reads a program. Never throws; what does not fit the grammar is `unreadable`. */
export function readProgram(grammar: ShellGrammar, text: string): ShellProgram {
  const unreadable: ShellProgram = { text, commands: [], parts: [], structures: new Set(), unreadable: true };
  if (text.length > maxLength) return unreadable;
  const read = grammar.parse(text, (tree) => {
    if (tree.rootNode.hasError) return null;
    const reader = new Reader(text);
    const parts = reader.program(tree.rootNode);
    if (tree.rootNode.descendantsOfType('comment').length > 0) reader.structures.add('comment');
    return reader.tooDeep
      ? null
      : { text, commands: reader.commands, parts, structures: reader.structures, unreadable: false };
  });
  return read ?? unreadable;
}

const operators: Readonly<Record<string, Structure>> = {
  '&&': 'and',
  '||': 'or',
  ';': 'sequence',
  '\n': 'sequence',
  '|': 'pipe',
  '|&': 'pipe',
  '&': 'background',
};

class Reader {
  readonly text: string;
  readonly commands: SimpleCommand[] = [];
  readonly structures = new Set<Structure>();
  tooDeep = false;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  program(root: Node): readonly Part[] {
    const parts: Part[] = [];
    this.#split(root, parts, []);
    const statements = root.namedChildren.filter((child) => child !== null && child.type !== 'comment');
    if (statements.length > 1) this.structures.add('sequence');
    return parts;
  }

  /** Goes down through lists and pipelines to what stands between their operators. */
  #split(node: Node, parts: Part[], redirections: readonly Redirection[], piped = false): void {
    let behindPipe = piped;
    const children = childrenOf(node);
    const last = children.findLast((child) => child.isNamed && child.type !== 'comment');
    for (const child of children) {
      const operator = operators[child.type];
      if (operator !== undefined && !child.isNamed) {
        this.structures.add(operator);
        behindPipe = operator === 'pipe';
        continue;
      }
      if (!child.isNamed || child.type === 'comment') continue;
      const passed = child === last ? redirections : [];
      if (child.type === 'list' || child.type === 'pipeline') this.#split(child, parts, passed, behindPipe);
      else if (child.type === 'redirected_statement' && isSplit(child.childForFieldName('body'))) {
        const body = child.childForFieldName('body');
        // The grammar hangs the redirection of the last command on the whole list.
        if (body !== null) this.#split(body, parts, [...this.#redirections(child), ...passed], behindPipe);
      } else {
        const from = this.commands.length;
        const { text, simple } = this.#statement(child, { within: [], piped: behindPipe }, passed);
        parts.push({ text, simple, commands: this.commands.slice(from) });
      }
    }
  }

  #statement(
    node: Node,
    place: Place,
    redirections: readonly Redirection[] = [],
  ): { readonly text: string; readonly simple: boolean } {
    this.#depth += 1;
    if (this.#depth > maxDepth) this.tooDeep = true;
    const simple = this.tooDeep ? false : this.#statementHere(node, place, redirections);
    this.#depth -= 1;
    const body = node.type === 'redirected_statement' ? node.childForFieldName('body') : null;
    return { text: this.#slice(body ?? node), simple };
  }

  #statementHere(node: Node, place: Place, redirections: readonly Redirection[]): boolean {
    switch (node.type) {
      case 'command':
        this.#command(node, place, redirections);
        return true;
      case 'variable_assignment':
      case 'variable_assignments':
        this.#assignments(node, place, redirections);
        return true;
      case 'declaration_command':
      case 'unset_command':
        this.#declaration(node, place, redirections);
        return true;
      case 'redirected_statement': {
        const own = [...this.#redirections(node), ...redirections];
        const body = node.childForFieldName('body');
        if (body === null) {
          // `> file` alone: no program, and the file is emptied all the same.
          this.#push({ text: this.#slice(node), bare: '', assignments: [], words: [], redirections: own, ...place });
          return true;
        }
        return this.#statementHere(body, place, own);
      }
      case 'test_command':
        this.structures.add('test');
        this.#inside(node, place);
        return false;
      case 'negated_command':
        this.structures.add('negation');
        this.#blocks(node, { ...place, within: [...place.within, 'negation'] }, redirections);
        return false;
      case 'subshell':
        this.structures.add('subshell');
        this.#blocks(node, { ...place, within: [...place.within, 'subshell'] }, redirections);
        return false;
      case 'compound_statement':
        this.structures.add('group');
        this.#blocks(node, { ...place, within: [...place.within, 'group'] }, redirections);
        return false;
      case 'if_statement':
        this.structures.add('if');
        this.#blocks(node, { ...place, within: [...place.within, 'if'] }, redirections);
        return false;
      case 'for_statement':
      case 'c_style_for_statement':
      case 'while_statement':
        this.structures.add('loop');
        this.#blocks(node, { ...place, within: [...place.within, 'loop'] }, redirections);
        return false;
      case 'case_statement':
        this.structures.add('case');
        this.#blocks(node, { ...place, within: [...place.within, 'case'] }, redirections);
        return false;
      case 'function_definition':
        this.structures.add('function');
        this.#blocks(node, { ...place, within: [...place.within, 'function'] }, redirections);
        return false;
      default:
        this.#blocks(node, place, redirections);
        return false;
    }
  }

  /** Statements inside of a construct; its words may hold substitutions. */
  #blocks(node: Node, place: Place, redirections: readonly Redirection[]): void {
    const before = this.commands.length;
    let piped = place.piped;
    for (const child of childrenOf(node)) {
      if (!child.isNamed) {
        const operator = operators[child.type];
        if (operator !== undefined) {
          this.structures.add(operator);
          piped = operator === 'pipe';
        }
        continue;
      }
      if (statementTypes.has(child.type)) {
        this.#statement(child, { within: place.within, piped });
        if (node.type !== 'pipeline') piped = place.piped;
      } else if (blockTypes.has(child.type)) this.#blocks(child, { within: place.within, piped }, []);
      else this.#inside(child, place);
    }
    if (redirections.length === 0) return;
    // What the construct redirects, its last command does; a construct without one opens the file all the same.
    const last = this.commands.at(-1);
    if (this.commands.length > before && last !== undefined)
      this.commands[this.commands.length - 1] = { ...last, redirections: [...last.redirections, ...redirections] };
    else this.#push({ text: this.#slice(node), bare: '', assignments: [], words: [], redirections, ...place });
  }

  #command(node: Node, place: Place, outer: readonly Redirection[]): void {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    let bareFrom: number | null = null;
    let end = node.startIndex;
    for (const child of childrenOf(node)) {
      if (!child.isNamed && child.type !== '==' && child.type !== '=~') continue;
      if (child.type === 'variable_assignment') {
        assignments.push(this.#assignment(child, place));
        continue;
      }
      if (redirectTypes.has(child.type)) continue;
      bareFrom ??= child.startIndex;
      end = child.endIndex;
      const word = child.type === 'command_name' ? (child.firstNamedChild ?? child) : child;
      words.push(this.#word(word, place));
    }
    const own = this.#redirections(node);
    const from = bareFrom ?? node.startIndex;
    this.#push({
      text: own.length === 0 ? this.#slice(node) : this.text.slice(node.startIndex, Math.max(end, from)),
      bare: this.text.slice(from, bareFrom === null ? from : end),
      assignments,
      words,
      redirections: [...own, ...outer],
      ...place,
    });
  }

  #assignments(node: Node, place: Place, redirections: readonly Redirection[]): void {
    const members = node.type === 'variable_assignment' ? [node] : node.namedChildren;
    const assignments = members.flatMap((one) =>
      one !== null && one.type === 'variable_assignment' ? [this.#assignment(one, place)] : [],
    );
    this.#push({ text: this.#slice(node), bare: '', assignments, words: [], redirections, ...place });
  }

  /** `export A=1`: a command of its own, whose assignments last. */
  #declaration(node: Node, place: Place, redirections: readonly Redirection[]): void {
    const words: Word[] = [];
    for (const child of childrenOf(node)) {
      if (child.type === 'variable_assignment') this.#assignment(child, place);
      words.push(this.#word(child, place));
    }
    const text = this.#slice(node);
    this.#push({ text, bare: text, assignments: [], words, redirections, ...place });
  }

  #assignment(node: Node, place: Place): Assignment {
    const name = node.childForFieldName('name');
    const value = node.childForFieldName('value');
    const word = value === null ? null : this.#word(value, place);
    return { name: name === null ? '' : this.#slice(name), value: value === null ? '' : (word?.value ?? null) };
  }

  #word(node: Node, place: Place): Word {
    this.#inside(node, place);
    const word = wordOf(node, this.text);
    if (word.glob) this.structures.add('glob');
    return word;
  }

  #redirections(node: Node): readonly Redirection[] {
    const found: Redirection[] = [];
    for (const child of childrenOf(node)) {
      if (!redirectTypes.has(child.type)) continue;
      this.structures.add('redirection');
      found.push(this.#redirection(child));
    }
    return found;
  }

  #redirection(node: Node): Redirection {
    this.#inside(node, { within: [], piped: false });
    if (node.type === 'heredoc_redirect') {
      this.structures.add('here-document');
      // What stands behind the word on its line hangs on the redirection: `cat <<EOF | make`.
      this.#blocks(node, { within: [], piped: true }, []);
      const start = node.namedChildren.find((child) => child?.type === 'heredoc_start');
      const quoted = start !== undefined && start !== null && /['"\\]/.test(this.#slice(start));
      return { kind: 'here-document', target: null, expanded: !quoted };
    }
    if (node.type === 'herestring_redirect') {
      this.structures.add('here-string');
      return { kind: 'here-string', target: null };
    }
    const destination = node.childForFieldName('destination');
    const operator = childrenOf(node).find((child) => !child.isNamed)?.type ?? '>';
    const target = destination === null ? null : wordOf(destination, this.text).value;
    if (/^(?:>&|<&)-?$/.test(operator) && (target === null || /^[\d-]*$/.test(target)))
      return { kind: 'duplicate', target: null };
    return {
      kind: operator.startsWith('<') && operator !== '<>' ? 'read' : operator.includes('>>') ? 'append' : 'write',
      target,
    };
  }

  /** What runs inside of words: substitutions of every kind. */
  #inside(node: Node, place: Place): void {
    switch (node.type) {
      case 'command_substitution':
      case 'process_substitution':
        this.structures.add(node.type === 'command_substitution' ? 'substitution' : 'process-substitution');
        this.#depth += 1;
        if (this.#depth > maxDepth) this.tooDeep = true;
        else this.#blocks(node, { within: [...place.within, 'substitution'], piped: false }, this.#redirections(node));
        this.#depth -= 1;
        return;
      case 'simple_expansion':
      case 'expansion':
        this.structures.add('expansion');
        break;
      case 'arithmetic_expansion':
        this.structures.add('arithmetic');
        break;
    }
    for (const child of node.namedChildren) if (child !== null) this.#inside(child, place);
  }

  #push(command: SimpleCommand): void {
    this.commands.push(command);
  }

  #slice(node: Node): string {
    return this.text.slice(node.startIndex, node.endIndex);
  }
}

const redirectTypes = new Set(['file_redirect', 'heredoc_redirect', 'herestring_redirect']);
const blockTypes = new Set(['list', 'pipeline', 'do_group', 'else_clause', 'elif_clause', 'case_item']);
const statementTypes = new Set([
  'command',
  'variable_assignment',
  'variable_assignments',
  'declaration_command',
  'unset_command',
  'redirected_statement',
  'test_command',
  'negated_command',
  'subshell',
  'compound_statement',
  'if_statement',
  'for_statement',
  'c_style_for_statement',
  'while_statement',
  'case_statement',
  'function_definition',
]);

const isSplit = (node: Node | null): boolean => node !== null && (node.type === 'list' || node.type === 'pipeline');

const childrenOf = (node: Node): readonly Node[] => node.children.filter((child) => child !== null);

import './tool-definition.css';
import { CircleQuestionMark, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { counted } from '../ui/words.ts';
import type { ToolDefinition } from './tool-definition.ts';

/** Description, hashes, schema and hints of a tool, as its server or file declares them. */
export function ToolDefinitionView({ tool }: { readonly tool: ToolDefinition }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="tool-definition">
      {tool.warnings.map((text) => (
        <p key={text} className="tool-definition__warning">
          <TriangleAlert aria-hidden />
          <span>{text}</span>
        </p>
      ))}
      {tool.description === null ? (
        <p className="tool-definition__untold">
          <CircleQuestionMark aria-hidden />
          no description is known
        </p>
      ) : (
        <p className="tool-definition__text">{tool.description}</p>
      )}
      <p className="tool-definition__hashes">
        <Hash title="description" value={tool.descriptionHash} />
        <Hash title="schema" value={tool.schemaHash} />
        <Hash title="definition" value={tool.definitionHash} />
      </p>
      <div className="tool-definition__chips">
        {tool.parameters.map((parameter) => (
          <Chip key={parameter.name} look="code" title={parameter.required ? 'required' : 'optional'}>
            {parameter.name}
            {parameter.required ? '' : '?'}: {parameter.type}
          </Chip>
        ))}
        {tool.parametersLeftOut > 0 && <span className="muted">{tool.parametersLeftOut} more</span>}
        {tool.hasSchema && tool.parameters.length === 0 && <span className="muted">takes no parameters</span>}
        {!tool.hasSchema && (
          <span className="tool-definition__untold">
            <CircleQuestionMark aria-hidden />
            schema unknown
          </span>
        )}
        {tool.schemaText !== '' && (
          <Button look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide schema' : 'Show schema'}
          </Button>
        )}
      </div>
      {open && <SchemaText text={tool.schemaText} />}
      <div className="tool-definition__chips">
        {tool.annotations.map((text) => (
          <Chip key={text} title="The server's own word, untrusted.">
            {text}
          </Chip>
        ))}
        {tool.annotations.length === 0 && <span className="muted">no annotations declared</span>}
        {tool.annotations.length > 0 && (
          <span className="muted">{counted(tool.annotations.length, 'hint')}, untrusted</span>
        )}
      </div>
    </div>
  );
}

function Hash({ title, value }: { readonly title: string; readonly value: string }) {
  if (value === '') return null;
  return (
    <span title={`SHA-256 ${value}`}>
      {title} <code>{value.slice(0, 12)}</code>
    </span>
  );
}

function SchemaText({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="tool-definition__schema" tabIndex={0} aria-label="Schema">
      {pretty(text)}
    </section>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

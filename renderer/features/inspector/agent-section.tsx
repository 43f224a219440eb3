import { CircleQuestionMark } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import { selectAsset } from '../../actions/navigation.ts';
import { useCall } from '../../client/use-client.tsx';
import { capabilitiesOf } from '../../facts/capabilities.ts';
import { CapabilityLines } from '../../facts/capability-line.tsx';
import { EvidenceLine } from '../../facts/evidence-line.tsx';
import { Button } from '../../ui/button.tsx';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { kindWord, relationWord } from '../../ui/kind-words.ts';
import { agentParts, dynamicSentences, exposureSentences, type Neighbour } from './agent-model.ts';
import { Section } from './section.tsx';

type AgentProps = { readonly detail: AssetDetail; readonly scan: number | null };

/** Model, prompts, tools with their classes and lines, gates, exposure, credentials, and what files cannot settle. */
export function AgentSection({ detail, scan }: AgentProps) {
  const parts = agentParts(detail.relations);
  const dynamic = dynamicSentences(detail);
  const exposure = exposureSentences(detail.asset);
  const isDynamic = detail.asset.dynamic === true;
  const none = (what: string): ReactNode => (
    <None>{isDynamic ? `none seen; ${what} may be chosen at run time` : 'none found'}</None>
  );
  return (
    <Section title="What it is made of">
      <dl className="facts">
        <Part title="Model" members={parts.models} scan={scan} none={none('a model')} />
        <Part title="Prompts" members={parts.prompts} scan={scan} none={none('instructions')} withText />
        <Part title="Servers" members={parts.servers} scan={scan} none={none('servers')} />
        <Part title="Delegates to" members={parts.agents} scan={scan} none={none('an agent')} />
        <Part title="Gates" members={parts.gates} scan={scan} none={<None>no gate and no guardrail found</None>} />
        <dt>Exposure</dt>
        <dd>
          {exposure.map((text) => (
            <div key={text}>{text}</div>
          ))}
          {parts.exposure.map((member) => (
            <MemberLine key={member.relation.id} member={member} scan={scan} withRelation />
          ))}
          {exposure.length + parts.exposure.length === 0 && <None>nothing found that starts it from outside</None>}
        </dd>
        <Part
          title="Credentials"
          members={parts.credentials}
          scan={scan}
          none={<None>none named; it runs with what its surroundings give</None>}
        />
        <dt>At run time</dt>
        <dd>
          {dynamic.length === 0 ? (
            <None>nothing that was seen depends on it</None>
          ) : (
            dynamic.map((text) => (
              <div key={text} className="governance__untold">
                <CircleQuestionMark aria-hidden />
                {text}
              </div>
            ))
          )}
        </dd>
      </dl>
      <Tools members={parts.tools} scan={scan} isDynamic={isDynamic} />
    </Section>
  );
}

const None = ({ children }: { readonly children: ReactNode }) => <span className="muted">{children}</span>;

type PartProps = {
  readonly title: string;
  readonly members: readonly Neighbour[];
  readonly scan: number | null;
  readonly none: ReactNode;
  readonly withText?: boolean;
};

/** Members of one part shown before somebody asks for all. */
const firstMembers = 6;

function Part({ title, members, scan, none, withText = false }: PartProps) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, firstMembers);
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {members.length === 0 && none}
        {shown.map((member) => (
          <Fragment key={member.relation.id}>
            <MemberLine member={member} scan={scan} />
            {withText && <PromptText id={member.other.id} scan={scan} />}
          </Fragment>
        ))}
        {members.length > shown.length && (
          <Button look="link" onClick={() => setAll(true)}>
            Show all {members.length}
          </Button>
        )}
      </dd>
    </>
  );
}

type MemberProps = { readonly member: Neighbour; readonly scan: number | null; readonly withRelation?: boolean };

function MemberLine({ member, scan, withRelation = false }: MemberProps) {
  const { relation, other, direction } = member;
  const evidence = relation.evidence[0];
  return (
    <div className="member-line">
      <button type="button" className="member-line__name" onClick={() => selectAsset(other.id)}>
        <KindIcon kind={other.kind} size={14} />
        <span title={other.name}>{other.name}</span>
        {withRelation && (
          <span className="muted">
            {relationWord(relation.kind, direction)}, {kindWord(other.kind)}
          </span>
        )}
        {relation.dynamic === true && <span className="governance__untold">at run time</span>}
      </button>
      {evidence !== undefined && <EvidenceLine bare scan={scan} evidence={{ ...evidence, endLine: evidence.line }} />}
    </div>
  );
}

/** Hash and beginning of instructions; the whole text stays in its file. */
function PromptText({ id, scan }: { readonly id: string; readonly scan: number | null }) {
  const answer = useCall('assets.detail', { scan, id });
  if (answer.state !== 'ready') return null;
  const { sha256, preview } = answer.value.asset.properties;
  return (
    <div className="prompt-text">
      {typeof preview === 'string' && preview !== '' && <blockquote>{preview}</blockquote>}
      <span className="muted">
        {typeof sha256 === 'string' ? (
          <>
            SHA-256{' '}
            <code className="prompt-text__hash" title={sha256}>
              {sha256.slice(0, 16)}
            </code>
          </>
        ) : (
          'no hash: the text could not be read'
        )}
      </span>
    </div>
  );
}

type ToolsProps = {
  readonly members: readonly Neighbour[];
  readonly scan: number | null;
  readonly isDynamic: boolean;
};

function Tools({ members, scan, isDynamic }: ToolsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, 12);
  return (
    <>
      <h3 className="tools__head">
        Tools <span>{members.length}</span>
      </h3>
      {members.length === 0 && (
        <p className="muted">{isDynamic ? 'None seen; tools may be chosen at run time.' : 'None found.'}</p>
      )}
      <ul>
        {shown.map((member) => (
          <ToolRow key={member.relation.id} member={member} scan={scan} />
        ))}
      </ul>
      {members.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {members.length} tools
        </Button>
      )}
    </>
  );
}

function ToolRow({ member, scan }: { readonly member: Neighbour; readonly scan: number | null }) {
  const answer = useCall('assets.detail', { scan, id: member.other.id });
  const properties = answer.state === 'ready' ? answer.value.asset.properties : null;
  return (
    <li className="tool-row">
      <MemberLine member={member} scan={scan} />
      {answer.state === 'failed' && <div className="governance__untold">its classes could not be read</div>}
      {properties !== null && (
        <CapabilityLines
          capabilities={capabilitiesOf(properties)}
          isKnown={properties['capabilitiesKnown'] !== false}
          scan={scan}
        />
      )}
    </li>
  );
}

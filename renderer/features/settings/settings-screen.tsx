import './settings-screen.css';
import { ArrowLeft, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { About, Settings } from '../../../shared/contract/settings.ts';
import { openScreen } from '../../actions/navigation.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useCommand, valueOf } from '../../client/use-client.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type LimitField, licences, limitFields, readLimit, shownLimit } from './settings-model.ts';

/** Of this person on this machine. What lies in a workspace is not here. */
export function SettingsScreen() {
  const answer = useCall('settings.get', {});
  const about = valueOf(useCall('settings.about', {}));
  const workspace = valueOf(useCall('workspaces.current', {})) ?? null;
  const save = useCommand('settings.set');
  const settings = valueOf(answer);
  const set = (change: Partial<Settings>): void => void save.run(change);
  return (
    <div className="screen screen--scroll">
      <div className="screen__head">
        {workspace === null && (
          <IconButton icon={ArrowLeft} label="All workspaces" onClick={() => openScreen('start')} />
        )}
        <h1>Settings</h1>
        <span className="screen__note muted">They hold for this machine and every workspace.</span>
      </div>
      <div className="settings">
        {save.error !== null && <ErrorBlock title="The setting was not saved.">{save.error.message}</ErrorBlock>}
        {answer.state === 'loading' && <LoadingLine>Reading the settings.</LoadingLine>}
        {answer.state === 'failed' && (
          <FailedCall title="The settings could not be read." name="settings.get" error={answer.error} />
        )}
        {settings !== undefined && (
          <>
            <Look settings={settings} onChange={set} />
            <Limits settings={settings} onChange={set} />
          </>
        )}
        {about !== undefined && (
          <>
            <Places about={about} workspace={workspace?.path ?? null} />
            <Sources about={about} />
            <AboutSection about={about} />
          </>
        )}
      </div>
    </div>
  );
}

type ChangeProps = { readonly settings: Settings; onChange(change: Partial<Settings>): void };

function Setting({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="setting">
      <span>{title}</span>
      <span className="setting__hint">{hint}</span>
      <span className="setting__control">{children}</span>
    </div>
  );
}

function Look({ settings, onChange }: ChangeProps) {
  return (
    <section className="settings__section">
      <h2>Window</h2>
      <Setting title="Theme" hint="System follows the setting of this machine.">
        <Segmented
          label="Theme"
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Setting>
      <Setting title="Density" hint="Height of the rows. The size of the text stays.">
        <Segmented
          label="Density"
          value={settings.density}
          onChange={(density) => onChange({ density })}
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'roomy', label: 'Roomy' },
          ]}
        />
      </Setting>
      <Setting title="Single-letter keys" hint="J, K, R, T and the rest. Keys with Ctrl, Alt or Cmd always work.">
        <Checkbox checked={settings.singleKeys} onChange={(singleKeys) => onChange({ singleKeys })}>
          On
        </Checkbox>
      </Setting>
    </section>
  );
}

function Limits({ settings, onChange }: ChangeProps) {
  return (
    <section className="settings__section">
      <h2>Limits of a scan</h2>
      {limitFields.map((field) => (
        <LimitSetting key={field.name} field={field} settings={settings} onChange={onChange} />
      ))}
    </section>
  );
}

function LimitSetting({ field, settings, onChange }: ChangeProps & { readonly field: LimitField }) {
  const stored = shownLimit(field, settings.limits);
  const [text, setText] = useState(stored);
  const wrongId = useId();
  useEffect(() => setText(stored), [stored]);
  const read = readLimit(field, text);
  const keep = (): void => {
    if (read.ok && text !== stored) onChange({ limits: { ...settings.limits, [field.name]: read.value } });
  };
  return (
    <Setting
      title={field.label}
      hint={
        read.ok ? (
          field.hint
        ) : (
          <span id={wrongId} className="setting__wrong">
            {read.message}
          </span>
        )
      }
    >
      <TextField
        label={`${field.label} in ${field.unit}`}
        inputMode="numeric"
        aria-invalid={!read.ok}
        aria-describedby={read.ok ? undefined : wrongId}
        value={text}
        onChange={setText}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
      />
      <span className="setting__unit">{field.unit}</span>
    </Setting>
  );
}

function Places({ about, workspace }: { readonly about: About; readonly workspace: string | null }) {
  const places = [
    { title: 'This workspace', path: workspace },
    { title: 'Workspaces, recent list', path: about.dataFolder },
    { title: 'Settings', path: about.settingsFile },
  ];
  return (
    <section className="settings__section">
      <h2>Where data lies</h2>
      {places.map(({ title, path }) =>
        path === null ? null : (
          <Setting key={title} title={title} hint={<span className="setting__path">{path}</span>}>
            <IconButton
              small
              icon={Copy}
              label={`Copy the path of: ${title}`}
              onClick={() => void navigator.clipboard.writeText(path)}
            />
          </Setting>
        ),
      )}
    </section>
  );
}

function Sources({ about }: { readonly about: About }) {
  const [all, setAll] = useState(false);
  const shown = all ? about.sources : about.sources.slice(0, 10);
  return (
    <section className="settings__section">
      <h2>Sources {about.sources.length}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">What it reads</th>
            <th scope="col">Id</th>
            <th scope="col" className="settings__number">
              Version
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((source) => (
            <tr key={source.id}>
              <td>{source.product}</td>
              <td>{source.title}</td>
              <td>
                <code>{source.id}</code>
              </td>
              <td className="settings__number">{source.version}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {about.sources.length > shown.length && (
        <Button look="link" onClick={() => setAll(true)}>
          Show all {about.sources.length}
        </Button>
      )}
    </section>
  );
}

function AboutSection({ about }: { readonly about: About }) {
  return (
    <section className="settings__section">
      <h2>About</h2>
      <table>
        <tbody>
          <tr>
            <th scope="row">Version</th>
            <td>
              {about.version}, {about.host === 'desktop' ? 'desktop window' : 'browser window'}, {about.platform}
            </td>
          </tr>
          {licences.map(({ name, licence }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

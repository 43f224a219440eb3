import { CircleQuestionMark } from 'lucide-react';
import type { ContextOverview } from '../../../shared/contract/inventory.ts';
import { Link } from '../../actions/link.tsx';
import { formatAddress } from '../../actions/routes.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall } from '../../client/use-client.tsx';
import { EmptyState, LoadingLine } from '../../ui/notes.tsx';
import { count } from '../../ui/words.ts';

/** Rows of one table that are drawn; the rest is counted. */
const mostRows = 300;

/** What lists of the organisation say of data and environments, what is only guessed, and what nobody said. */
export function Labels() {
  const answer = useCall('inventory.context', { scan: null });
  if (answer.state === 'failed')
    return <FailedCall title="The labels could not be read." name="inventory.context" error={answer.error} />;
  if (answer.state === 'loading') return <LoadingLine>Reading the labels.</LoadingLine>;
  const { stores, reach } = answer.value;
  return (
    <>
      <section aria-label="Data">
        <div className="registry__section-head">
          <h2>Data</h2>
          <span>{count(stores.length)}</span>
        </div>
        {stores.length === 0 ? (
          <EmptyState title="The latest scan found no data store." />
        ) : (
          <Stores stores={stores.slice(0, mostRows)} />
        )}
        <Rest all={stores.length} />
      </section>
      <section aria-label="Environments">
        <div className="registry__section-head">
          <h2>Accounts, projects and hosts</h2>
          <span>{count(reach.length)}</span>
        </div>
        {reach.length === 0 ? (
          <EmptyState title="The latest scan names no account, project or host." />
        ) : (
          <Reach reach={reach.slice(0, mostRows)} />
        )}
        <Rest all={reach.length} />
      </section>
    </>
  );
}

const Rest = ({ all }: { readonly all: number }) =>
  all > mostRows ? <p className="muted">{count(all - mostRows)} more are in the inventory.</p> : null;

const Untold = ({ children }: { readonly children: React.ReactNode }) => (
  <span className="registry-untold">
    <CircleQuestionMark aria-hidden />
    {children}
  </span>
);

function Stores({ stores }: { readonly stores: ContextOverview['stores'] }) {
  return (
    <table className="labels-table">
      <thead>
        <tr>
          <th scope="col">Store</th>
          <th scope="col">Class</th>
          <th scope="col">Sensitivity</th>
          <th scope="col">Regulation</th>
          <th scope="col">Owner</th>
          <th scope="col">Because</th>
          <th scope="col">Place</th>
        </tr>
      </thead>
      <tbody>
        {stores.map((store) => (
          <tr key={store.id}>
            <th scope="row">
              <Link href={formatAddress('inventory', { asset: store.id })}>{store.name}</Link>
            </th>
            <td>
              {store.class === '' ? (
                <Untold>unknown</Untold>
              ) : store.guess ? (
                <Untold>{store.class}, a guess</Untold>
              ) : (
                store.class
              )}
            </td>
            <td>{store.sensitivity ?? (store.class === '' ? <Untold>unknown</Untold> : 'no place in the order')}</td>
            <td>{store.regulation === '' ? <span className="muted">none stated</span> : store.regulation}</td>
            <td>{store.owner === '' ? <Untold>unknown</Untold> : store.owner}</td>
            <td>{store.because === '' ? <span className="muted">nobody said anything</span> : store.because}</td>
            <td>
              {store.from === null ? (
                <span className="muted">no list</span>
              ) : (
                <code>
                  {store.from.file}:{store.from.line}
                </code>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const reachWords: { readonly [T in ContextOverview['reach'][number]['type']]: string } = {
  'aws-account': 'AWS account',
  'azure-subscription': 'Azure subscription',
  'gcp-project': 'Google Cloud project',
  host: 'Host',
};

function Reach({ reach }: { readonly reach: ContextOverview['reach'] }) {
  return (
    <table className="labels-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Environment</th>
          <th scope="col">Listed</th>
          <th scope="col">Reached by</th>
        </tr>
      </thead>
      <tbody>
        {reach.map((item) => (
          <tr key={`${item.type} ${item.name}`}>
            <th scope="row">
              <code>{item.name}</code>
            </th>
            <td>{reachWords[item.type]}</td>
            <td>{item.environment ?? <Untold>unknown</Untold>}</td>
            <td>
              {item.isManaged === null ? (
                <Untold>no list of such things</Untold>
              ) : item.isManaged ? (
                'yes'
              ) : (
                <Untold>not listed: unmanaged</Untold>
              )}
            </td>
            <td>
              {item.assets[0] === undefined ? (
                <span className="muted">nothing</span>
              ) : (
                <Link href={formatAddress('inventory', { asset: item.assets[0] })}>
                  {item.assets.length === 1 ? '1 asset' : `${count(item.assets.length)} assets`}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

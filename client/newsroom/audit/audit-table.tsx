import type { Audited } from '../../../shared/audit.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { Table } from '../components/table.tsx';
import { inWords, nameOfActor } from './deeds.ts';

interface AuditTableProps {
  entries: readonly Audited[];
  onActor: (actor: string) => void;
}

export function AuditTable({ entries, onActor }: AuditTableProps) {
  const rows = entries.map((entry, i) => ({ ...entry, key: `${entry.at} ${i}` }));
  return (
    <Table
      caption="Who did what, newest first"
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { title: 'What', cell: (entry) => <What entry={entry} /> },
        {
          title: 'Who',
          cell: (entry) => (
            <button type="button" class="link" onClick={() => onActor(entry.actor)} title="Only what they did">
              {nameOfActor(entry)}
            </button>
          ),
        },
        { title: 'From', cell: ({ address }) => address ?? 'the server itself' },
        { title: 'When', cell: ({ at }) => <RelativeTime at={at} /> },
      ]}
    />
  );
}

function What({ entry }: { entry: Audited }) {
  const { action, timeline, target, targetName, reason } = entry;
  const address =
    timeline !== null && action.startsWith('update.') && action !== 'update.remove'
      ? `/${timeline}/updates/${target}`
      : null;
  return (
    <>
      {inWords(action)} {address ? <a href={address}>{target}</a> : <span class="light">{targetName ?? target}</span>}
      {timeline !== null && <span class="soft light"> · {timeline}</span>}
      {reason !== null && <div class="soft light">{reason}</div>}
    </>
  );
}

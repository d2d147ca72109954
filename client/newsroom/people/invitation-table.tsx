import { MailX } from 'lucide';
import type { Invitation } from '../../../shared/people.ts';
import { Button } from '../components/button.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { EmptyState } from '../components/states.tsx';
import { Table } from '../components/table.tsx';

interface InvitationTableProps {
  invitations: readonly Invitation[];
  onWithdraw: (id: string) => void;
}

const whatFor: Record<Invitation['kind'], string> = {
  setup: 'the first account',
  recovery: 'a new admin',
  invitation: 'an account',
  reset: 'a new password',
};

export function InvitationTable({ invitations, onWithdraw }: InvitationTableProps) {
  if (invitations.length === 0)
    return (
      <EmptyState icon={MailX} title="Nobody is invited">
        <p>An invitation is a link that makes one account. You send it yourself.</p>
      </EmptyState>
    );
  return (
    <Table
      caption="Invitations that are still good"
      rows={invitations}
      keyOf={({ id }) => id}
      columns={[
        { title: 'For', cell: ({ name }) => name ?? 'somebody' },
        { title: 'Makes', cell: ({ kind }) => whatFor[kind] },
        { title: 'Role', cell: ({ role }) => role },
        { title: 'Timelines', cell: ({ timelines }) => timelines?.join(', ') ?? 'all' },
        { title: 'By', cell: ({ byName }) => byName },
        { title: 'Ends', cell: ({ expiresAt }) => <RelativeTime at={expiresAt} /> },
        {
          title: 'Actions',
          isActions: true,
          cell: ({ id }) => <Button onClick={() => onWithdraw(id)}>Withdraw</Button>,
        },
      ]}
    />
  );
}

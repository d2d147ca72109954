import { UserRoundPlus } from 'lucide';
import { useState } from 'preact/hooks';
import type { Invitation, InvitationMade, Person } from '../../../shared/people.ts';
import { get, patch, post, remove } from '../api.ts';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Loaded } from '../components/states.tsx';
import { Tabs } from '../components/tabs.tsx';
import { toast } from '../components/toast.tsx';
import { useResource } from '../resource.ts';
import { InvitationTable } from './invitation-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { PersonTable } from './person-table.tsx';
import { RulesPanel } from './rules-panel.tsx';

/** Everybody with an account, and those who are invited. */
export function PeoplePage() {
  const people = useResource<{ people: Person[] }>('/people');
  const invitations = useResource<{ invitations: Invitation[] }>('/invitations');
  const [tab, setTab] = useState('people');
  const [isInviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Person | null>(null);
  const [link, setLink] = useState<InvitationMade | null>(null);

  const reset = async ({ id }: Person): Promise<void> => {
    const answer = await post<InvitationMade>(`/people/${id}/reset`);
    if (answer.ok) setLink(answer.body);
    else toast({ text: answer.problem.detail, isFault: true });
    invitations.reload();
  };
  const setDisabled = async ({ id, name, revision }: Person, disabled: boolean): Promise<void> => {
    const answer = await patch<Person>(`/people/${id}`, { disabled }, { ifMatch: revision });
    if (!answer.ok) toast({ text: `${answer.problem.title}. ${answer.problem.detail}`, isFault: true });
    else toast(disabled ? `${name} is shut out, and signed out everywhere.` : `${name} may sign in again.`);
    people.reload();
  };
  const withdraw = async (id: string): Promise<void> => {
    const answer = await remove(`/invitations/${id}`);
    toast(answer.ok ? 'The link is good for nothing any more.' : { text: answer.problem.detail, isFault: true });
    invitations.reload();
  };
  const edit = async (person: Person): Promise<void> => {
    const now = await get<{ people: Person[] }>('/people');
    setEdited((now.ok && now.body.people.find(({ id }) => id === person.id)) || person);
  };

  return (
    <>
      <PageHead
        title="People"
        actions={
          <Button look="main" icon={UserRoundPlus} onClick={() => setInviting(true)}>
            Invite somebody
          </Button>
        }
      />
      <Tabs
        label="People"
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { id: 'people', label: 'Accounts', count: people.value?.people.length ?? 0 },
          { id: 'invitations', label: 'Invitations', count: invitations.value?.invitations.length ?? 0 },
          { id: 'rules', label: 'Rules' },
        ]}
      >
        {tab === 'people' && (
          <Loaded resource={people}>
            {({ people: all }) => (
              <PersonTable
                people={all}
                onEdit={(person) => void edit(person)}
                onReset={(person) => void reset(person)}
                onDisable={(person, disabled) => void setDisabled(person, disabled)}
              />
            )}
          </Loaded>
        )}
        {tab === 'invitations' && (
          <Loaded resource={invitations}>
            {({ invitations: all }) => <InvitationTable invitations={all} onWithdraw={(id) => void withdraw(id)} />}
          </Loaded>
        )}
        {tab === 'rules' && <RulesPanel />}
      </Tabs>
      {isInviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(made) => {
            setInviting(false);
            setLink(made);
            invitations.reload();
          }}
        />
      )}
      {edited && (
        <PersonDialog
          person={edited}
          onClose={() => setEdited(null)}
          onSaved={(name) => {
            setEdited(null);
            people.reload();
            toast(`${name} is changed. It holds at once.`);
          }}
        />
      )}
      {link && <LinkDialog invitation={link} onClose={() => setLink(null)} />}
    </>
  );
}

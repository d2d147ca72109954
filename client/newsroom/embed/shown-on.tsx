import { Loaded } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { useResource } from '../resource.ts';

interface Hosts {
  hosts: { host: string; loads: number; lastAt: string }[];
}

const numbers = new Intl.NumberFormat('en');
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The sites that show this timeline already. */
export function ShownOn({ slug }: { slug: string }) {
  const found = useResource<Hosts>(`/timelines/${slug}/embed-hosts`);
  return (
    <section class="stack shown-on">
      <h2>Sites that show it</h2>
      <Loaded resource={found}>
        {({ hosts }) =>
          hosts.length === 0 ? (
            <p class="soft">None in the last 30 days.</p>
          ) : (
            <>
              <p class="soft">
                {hosts.length === 1 ? 'One site' : `${numbers.format(hosts.length)} sites`} in the last 30 days. Only
                their names are known, nothing of their readers.
              </p>
              <Table
                caption="Sites that show this timeline"
                rows={hosts}
                keyOf={({ host }) => host}
                columns={[
                  { title: 'Site', cell: ({ host }) => <span dir="ltr">{host}</span> },
                  { title: 'Loads', align: 'end', cell: ({ loads }) => numbers.format(loads) },
                  { title: 'Last', cell: ({ lastAt }) => dates.format(new Date(lastAt)) },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

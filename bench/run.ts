import { fanOut } from './budgets/b1-fan-out.ts';
import { idleMemory } from './budgets/b2-idle-memory.ts';
import { prepared } from './budgets/b3-prepared.ts';
import { writeToScreen } from './budgets/b4-write-to-screen.ts';
import { pageWeight } from './budgets/b5-page-weight.ts';
import { growth } from './budgets/b7-growth.ts';
import { reconnectStorm } from './budgets/b8-reconnect-storm.ts';
import { search } from './budgets/b9-search.ts';
import { openPage } from './budgets/b10-open-page.ts';
import { pinThisProcess } from './support/pinned.ts';
import { printed, writeReport } from './support/report.ts';
import type { Budget } from './support/row.ts';

/** Every measurement there is; `npm run bench -- B1 B3` runs some of them. */
const budgets: Budget[] = [
  fanOut,
  idleMemory,
  prepared,
  writeToScreen,
  pageWeight,
  growth,
  reconnectStorm,
  search,
  openPage,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !budgets.some((budget) => budget.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no measurement ${unknown.join(', ')}; there are ${budgets.map(({ name }) => name).join(', ')}`,
  );
  process.exit(64);
}

pinThisProcess();
for (const budget of budgets) {
  if (wanted.length > 0 ? !wanted.includes(budget.name) : budget.onlyByName) continue;
  console.log(`\n${budget.name} ${budget.title}`);
  const measured = await budget.measure();
  console.log(printed(measured));
  writeReport(budget, measured);
}

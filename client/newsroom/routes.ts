import {
  CodeXml,
  FolderInput,
  House,
  type IconNode,
  KeyRound,
  ListChecks,
  MessageSquare,
  PenLine,
  ScrollText,
  Settings,
  TableProperties,
  UserRound,
  Users,
  Webhook,
} from 'lucide';
import type { ComponentType } from 'preact';
import type { Role } from './role.ts';

/** What a page is given: the parts of its address that its path names. */
export interface PageProps {
  params: Readonly<Record<string, string>>;
}

/** Where a page stands in the navigation; pages without this are reached from others. */
export interface NavEntry {
  label: string;
  icon: IconNode;
  /** `timeline`: listed under the timeline that is open. */
  group: 'newsroom' | 'timeline';
  /** The least role that has something to do there. */
  role?: Role;
  /** For those alone whose role isn’t limited to some timelines. */
  everywhere?: boolean;
}

export interface PageRoute {
  path: string;
  load: () => Promise<ComponentType<PageProps>>;
  nav?: NavEntry;
  /** Shown without navigation, to whoever has no session yet. */
  outside?: boolean;
}

/**
 * Every page of the newsroom, in the order in which addresses are matched: one line each, loaded when it is opened. A path that
 * begins with a word of its own must be a reserved slug (shared/timeline.ts).
 */
export const pageRoutes: readonly PageRoute[] = [
  {
    path: '/newsroom',
    load: () => import('./home/home-page.tsx').then((m) => m.HomePage),
    nav: { label: 'Timelines', icon: House, group: 'newsroom' },
  },
  {
    path: '/newsroom/sign-in',
    load: () => import('./session/sign-in-page.tsx').then((m) => m.SignInPage),
    outside: true,
  },
  {
    path: '/newsroom/setup/:token',
    load: () => import('./session/link-page.tsx').then((m) => m.LinkPage),
    outside: true,
  },
  {
    path: '/newsroom/invitation/:token',
    load: () => import('./session/link-page.tsx').then((m) => m.LinkPage),
    outside: true,
  },
  {
    path: '/newsroom/people',
    load: () => import('./people/people-page.tsx').then((m) => m.PeoplePage),
    nav: { label: 'People', icon: Users, group: 'newsroom', role: 'admin', everywhere: true },
  },
  {
    path: '/newsroom/tokens',
    load: () => import('./tokens/tokens-page.tsx').then((m) => m.TokensPage),
    nav: { label: 'Tokens', icon: KeyRound, group: 'newsroom', role: 'admin', everywhere: true },
  },
  {
    path: '/newsroom/audit',
    load: () => import('./audit/audit-page.tsx').then((m) => m.AuditPage),
    nav: { label: 'Audit log', icon: ScrollText, group: 'newsroom', role: 'editor' },
  },
  {
    path: '/newsroom/account',
    load: () => import('./account/account-page.tsx').then((m) => m.AccountPage),
    nav: { label: 'Your account', icon: UserRound, group: 'newsroom' },
  },
  {
    path: '/newsroom/new',
    load: () => import('./settings/new-timeline-page.tsx').then((m) => m.NewTimelinePage),
  },
  {
    path: '/newsroom/:slug',
    load: () => import('./desk/desk-page.tsx').then((m) => m.DeskPage),
    nav: { label: 'Desk', icon: PenLine, group: 'timeline' },
  },
  {
    path: '/newsroom/:slug/summary',
    load: () => import('./summary/latest-summary-page.tsx').then((m) => m.LatestSummaryPage),
    nav: { label: 'Summary', icon: ListChecks, group: 'timeline' },
  },
  {
    path: '/newsroom/:slug/updates',
    load: () => import('./record/record-page.tsx').then((m) => m.RecordPage),
    nav: { label: 'All updates', icon: TableProperties, group: 'timeline' },
  },
  {
    path: '/newsroom/:slug/settings',
    load: () => import('./settings/settings-page.tsx').then((m) => m.SettingsPage),
    nav: { label: 'Settings', icon: Settings, group: 'timeline', role: 'editor' },
  },
  {
    path: '/newsroom/:slug/replies',
    load: () => import('./replies/replies-page.tsx').then((m) => m.RepliesPage),
    nav: { label: 'Replies', icon: MessageSquare, group: 'timeline', role: 'editor' },
  },
  {
    path: '/newsroom/:slug/days/:day/summary',
    load: () => import('./summary/summary-page.tsx').then((m) => m.SummaryPage),
  },
  {
    path: '/newsroom/:slug/import',
    load: () => import('./import/import-page.tsx').then((m) => m.ImportPage),
    nav: { label: 'Import', icon: FolderInput, group: 'timeline', role: 'editor' },
  },
  {
    path: '/newsroom/:slug/embed',
    load: () => import('./embed/embed-page.tsx').then((m) => m.EmbedPage),
    nav: { label: 'On other sites', icon: CodeXml, group: 'timeline' },
  },
  {
    path: '/newsroom/:slug/webhooks',
    load: () => import('./webhooks/webhooks-page.tsx').then((m) => m.WebhooksPage),
    nav: { label: 'Webhooks', icon: Webhook, group: 'timeline', role: 'editor' },
  },
];

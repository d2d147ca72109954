export type Role = 'reporter' | 'editor' | 'admin';

const rank: Record<Role, number> = { reporter: 1, editor: 2, admin: 3 };

export const isAtLeast = (role: Role, least: Role): boolean => rank[role] >= rank[least];

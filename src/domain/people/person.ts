export const roles = ['merchandiser', 'manager', 'finance', 'general_manager', 'hr', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody on the roster. Pay terms are not part of it. */
export interface Person {
  id: number;
  openId: string;
  name: string;
  employeeNo: string | null;
  department: string | null;
  managerId: number | null;
  deputyId: number | null;
  roles: Role[];
  hiredOn: string | null;
  probationUntil: string | null;
  leftOn: string | null;
}

export const roleLabel: Record<Role, { zh: string; en: string }> = {
  merchandiser: { zh: '跟单员', en: 'merchandiser' },
  manager: { zh: '部门经理', en: 'manager' },
  finance: { zh: '财务', en: 'finance' },
  general_manager: { zh: '总经理', en: 'general manager' },
  hr: { zh: '人事', en: 'HR' },
  admin: { zh: '管理员', en: 'administrator' },
};

import type { Db } from '#db/client';
import { changePerson, putPerson } from '#db/people';
import type { Person, Role } from '#domain/people/person';

export const now = new Date('2026-11-23T02:00:00Z');

/**
 * The small company of the tests: two merchandisers under one manager, finance, HR, the general manager, an administrator.
 * It has switched the seal gate off, so that tests of other things may sew at once; the gates' own tests switch it back on.
 */
export interface TestPeople {
  chen: Person;
  li: Person;
  wang: Person;
  fang: Person;
  zhao: Person;
  hr: Person;
  admin: Person;
}

export async function seedPeople(db: Db): Promise<TestPeople> {
  const put = async (openId: string, name: string, employeeNo: string, department: string, roles: Role[]) =>
    (await putPerson(db, openId, { name, employeeNo, department, roles }, now)).after;
  const zhao = await put('ou_zhao', '赵总', 'E0001', '总经办', ['general_manager']);
  const wang = await put('ou_wang', '王芳', 'E1001', '业务一部', ['manager', 'merchandiser']);
  const chen = await put('ou_chen', '陈静', 'E1002', '业务一部', ['merchandiser']);
  const li = await put('ou_li', '李敏', 'E1003', '业务一部', ['merchandiser']);
  const fang = await put('ou_fang', '方会计', 'E2001', '财务部', ['finance']);
  const hr = await put('ou_hr', '孙人事', 'E3001', '人事部', ['hr']);
  const admin = await put('ou_admin', '管理员', 'E9001', '信息部', ['admin']);
  const under = (person: Person, manager: Person) => changePerson(db, person.id, { managerId: manager.id }, now);
  return {
    zhao,
    wang: await under(wang, zhao),
    chen: await under(chen, wang),
    li: await under(li, wang),
    fang: await under(fang, zhao),
    hr: await under(hr, zhao),
    admin,
  };
}

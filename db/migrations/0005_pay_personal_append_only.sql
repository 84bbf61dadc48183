-- What people said for their take-home estimates stays on record; see 0001_append_only.
create trigger pay_personal_append_only before update or delete or truncate on pay_personal for each statement execute function refuse_change();

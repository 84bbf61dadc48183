-- Settlements are long texts: the server's older compression takes four times as long for them as all else that storing them costs. Where the
-- server was built without the newer one, or is older than it, they stay as they are.
do $$ begin
  execute 'alter table pay_drafts alter column inputs set compression lz4, alter column result set compression lz4';
  execute 'alter table settlements alter column inputs set compression lz4, alter column result set compression lz4';
exception when feature_not_supported or syntax_error then null;
end $$;

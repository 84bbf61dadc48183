import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, sign, signOldCallback } from '#playground/platform/crypto';

const timestamp = '1609073151';
const nonce = 'n0nce-1';
const v2 =
  '{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.message.receive_v1","create_time":"1608725989000","token":"v_token_1","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"message":{"content":"{\\"text\\":\\"你好 😀\\"}"}}}';
const v2Base64 =
  '/+7dzLuqmYh3ZlVEMyIRAIm9RUXBzJycd0Gl4YDEfES44jG9wxByfg1FUEEZblSiRsmyaXBvIeDA7u9QxM4Cv4fLsFRVmskpdhL00pkadf1zR7Qc7mEJEHteVi0/7EkPgKZAkdIsF/o7gnTtAI2avrS3SxVNygvkC+d0sUKMkWNrS4l1Uk6OeMLU/AmyJ6wywwkGQ/YMCI7gynh4qZxnyTMD8rW9RemZT8LqbkcerszSFugl8xaKXV7ry6z/7N2iY3AqNyAMFoZnjOOV1p4gqv/DRtUHofpMoIqFb70WK/qB9rMWJlD+vsia3AI29eovf3PpDAxnzl+3x6//oWrLaBeC82CL/jOdzMNK0zCaQXOuR6Jh79CAI7aBGfRtn3QYzo+17S4/SsoqC+oKj1eYXQ==';

describe('the test vectors of the platform sheet', () => {
  it('decrypts the two official ones', () => {
    expect(decrypt('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('hello world');
    const challenge =
      'tT1xP+ovuc0T3b/rnZX3ax76exqAn0ANQ6/U45GcciC0mgNBc8JtvqOJGNAPMKpgRs2dVU1NYk9VDeqS8T4SYtU0hzNU54aS84WnxvZ3VFfDcy/RyABlNqlUiGyLDzFI0yxdCMT4KR/YEQXlt6nZi50KwRlZ+A75r645KesZuLMljezYyY8VeeXEVjPw35+e';
    expect(decrypt('mazhe.nerd', challenge)).toBe(
      '{"challenge":"5634b122-c042-4634-bc7f-b07a3c3e77ad","token":"iRdCP2WwXNBXRM3mGLqhrgch3cn0gbT6","type":"url_verification"}',
    );
  });

  it('V1: encrypts with a given IV and signs the whole body', () => {
    const plain = '{"challenge":"ajls384kdjx98XX","token":"v_token_1","type":"url_verification"}';
    const base64 = encrypt('kudobuzz', plain, Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'));
    expect(base64).toBe(
      'AAECAwQFBgcICQoLDA0ODy1VunC40ew/cHm+9gfOKo4mvQxiTW8SLkodtedhSgLVd+AiB/s3BeB3W5TsI7i8riQ8gJBwJgSphdmCAuv7EN2QE5I0xZhO+fqbLp9TqJlh',
    );
    const body = JSON.stringify({ encrypt: base64 });
    expect(sign('kudobuzz', timestamp, nonce, body)).toBe(
      '05ef418be63f79348891637500de404dd71c0f11a5378217c68b416e10051d98',
    );
  });

  it('V2: the same with characters outside ASCII', () => {
    expect(encrypt('kudobuzz', v2, Buffer.from('ffeeddccbbaa99887766554433221100', 'hex'))).toBe(v2Base64);
    expect(decrypt('kudobuzz', v2Base64)).toBe(v2);
    expect(sign('kudobuzz', timestamp, nonce, JSON.stringify({ encrypt: v2Base64 }))).toBe(
      '02bbee36cd32e5d6e94eda953fc50fd40cc5e0a28bfc688785b3d984642bff84',
    );
  });

  it('V3: the SHA-1 signature of the old card callback', () => {
    const body =
      '{"open_id":"ou_1","user_id":"u1","open_message_id":"om_1","tenant_key":"t1","token":"c-1","action":{"value":{"k":"v"},"tag":"button"}}';
    expect(signOldCallback('v_token_1', timestamp, nonce, body)).toBe('a748da03c6edb5a77a50aa1598ae6619a43ca925');
  });

  it('V4: one blank in the body changes the signature', () => {
    expect(sign('kudobuzz', timestamp, nonce, '{"encrypt": "x"}')).toBe(
      'c255df0597ba6323b4b9916066a65fd3e2dce9fca8b965fdd396c76015e741ab',
    );
    expect(sign('kudobuzz', timestamp, nonce, '{"encrypt":"x"}')).toBe(
      '78a03b4927f4e07898f13084b56a940807e0d056401a09b70c8bd887be9a738c',
    );
  });

  it('uses a fresh IV each time', () => {
    expect(encrypt('k', 'x')).not.toBe(encrypt('k', 'x'));
  });
});

/** Mailboxes are refused, with the way to a file that is read. */
import { userError } from '../../errors.ts';
import { shellWord } from '../../text/shell.ts';

/** A mailbox, or one mail as a file. */
export const isMail = (head: string, file: string): boolean =>
  (/\.(?:mbox|eml)$/i.test(file) || /^From \S{1,200} .{1,60}\d{4}\r?\n/.test(head)) &&
  /^(?:From|Received|Return-Path|Date|Subject|Message-ID|To):? /im.test(head);

export function refuseMail(_text: string, file: string): never {
  throw userError(
    'logs.mail',
    `${file} is a mailbox: e-mails with their headers and encodings, which are not read.`,
    `write its mails as JSON lines: python3 -c 'import mailbox,json,sys; [print(json.dumps({"subject": str(m["subject"]), "body": (next(p for p in m.walk() if not p.is_multipart()).get_payload(decode=True) or b"").decode("utf-8", "replace")})) for m in mailbox.mbox(sys.argv[1])]' ${shellWord(file)} > mails.jsonl`,
  );
}

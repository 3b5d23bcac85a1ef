import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/checks/detect-language.ts';
import { checks } from '../../../src/checks/registry.ts';
import { findLoop } from '../../../src/checks/repetition.ts';
import { countSentences } from '../../../src/checks/sentences.ts';
import type { Json } from '../../../src/records/plain-json.ts';
import type { CheckSpec } from '../../../src/records/prompt-record.ts';
import { leastProcessorTime } from '../../helpers/processor-time.ts';
import { answerWith, plainTools, promptWith, runOne } from './sample.ts';

describe('repetition', () => {
  it.each([
    ['words', `The answer is ${'very '.repeat(100)}`],
    ['a sentence', `Intro. ${'I will check the order again. '.repeat(12)}`],
    [
      'a block of lines, cut in the middle',
      `Steps:\n${'1. Open the settings\n2. Close the settings\n'.repeat(9)}1. Open the s`,
    ],
    [
      'a block that the answer leaves again',
      `${'- Restart the router and wait for one minute\n'.repeat(8)}Done, thank you.`,
    ],
    ['CJK without spaces', `回答：${'我会再检查一次订单。'.repeat(30)}`],
  ])('sees %s', (_, text) => {
    const result = runOne('repetition', undefined, { text });
    expect(result.kind).toBe('repetition');
    expect(result.why).toMatch(/^The answer loops: ".+" stands there \d+ times or more in a row\.$/);
  });

  it.each([
    ['a chorus', 'Row, row, row your boat\nGently down the stream\n'.repeat(3)],
    ['a table', `| a | b |\n${'| --- | --- |\n'.repeat(40)}`],
    ['numbers', `[${'0, '.repeat(300)}0]`],
    ['laughter', 'ha '.repeat(40)],
    ['a list with the same start', Array.from({ length: 40 }, (_, i) => `- Call customer number ${i * 7}`).join('\n')],
    ['closing tags', '</div>\n'.repeat(12)],
  ])('lets %s pass', (_, text) => {
    expect(findLoop(text)).toBeUndefined();
  });

  it('is linear: 1 MB within a second', () => {
    const work = (): void => {
      findLoop('ab'.repeat(500_000));
      findLoop(`${'a'.repeat(999_999)}b`);
      findLoop('x. '.repeat(350_000));
    };
    expect(leastProcessorTime(work, { enough: 999 })).toBeLessThan(1_000);
  });
});

describe('language', () => {
  const samples: Record<string, string> = {
    en: 'The export button has been broken since the last update and it does not work in the new version for any of our customers.',
    de: 'Der Export funktioniert seit dem letzten Update nicht mehr, und das ist für unsere Kunden ein großes Problem, weil sie ihn täglich brauchen.',
    fr: "Le bouton d'exportation ne fonctionne plus depuis la dernière mise à jour et c'est un problème pour les clients qui en ont besoin dans leur travail.",
    es: 'El botón de exportar no funciona desde la última actualización y es un problema para los clientes que lo usan todos los días en su trabajo.',
    pt: 'O botão de exportar não funciona desde a última atualização e isso é um problema para os clientes que precisam dele todos os dias no seu trabalho.',
    it: "Il pulsante di esportazione non funziona più dall'ultimo aggiornamento e questo è un problema per i clienti che lo usano ogni giorno nella loro attività.",
    nl: 'De exportknop werkt niet meer sinds de laatste update en dat is een probleem voor onze klanten, omdat zij het elke dag nodig hebben voor hun werk.',
    sv: 'Exportknappen fungerar inte efter den senaste uppdateringen och det är ett problem för kunderna som inte kan göra sitt arbete när de behöver den.',
    pl: 'Przycisk eksportu nie działa od ostatniej aktualizacji i jest to problem dla klientów, którzy nie mogą już z niego korzystać, ale bardzo go potrzebują.',
    tr: 'Dışa aktarma düğmesi son güncellemeden sonra çalışmıyor ve bu, her gün onu kullanan müşteriler için çok büyük bir sorun olarak görülüyor.',
    ru: 'Кнопка экспорта не работает после последнего обновления, и это проблема для клиентов, которые не могут закончить свою работу, но она им очень нужна.',
    uk: 'Кнопка експорту не працює після останнього оновлення, і це проблема для клієнтів, які не можуть завершити свою роботу, але вона їм дуже потрібна.',
    ja: '最新の更新からエクスポートボタンが動作しなくなりました。毎日使っているお客様にとって大きな問題です。すぐに直してください。',
    zh: '自从上次更新以来，导出按钮就无法使用了。这对每天使用它的客户来说是一个很大的问题，请尽快修复这个问题，谢谢你们的帮助和支持。',
    ko: '최신 업데이트 이후 내보내기 버튼이 작동하지 않습니다. 매일 사용하는 고객에게 큰 문제이므로 빨리 고쳐 주시기 바랍니다. 감사합니다.',
    el: 'Το κουμπί εξαγωγής δεν λειτουργεί μετά την τελευταία ενημέρωση και αυτό είναι πρόβλημα για τους πελάτες μας.',
    hi: 'निर्यात बटन पिछले अपडेट के बाद से काम नहीं कर रहा है और यह उन ग्राहकों के लिए एक बड़ी समस्या है जो इसका उपयोग करते हैं।',
    ar: 'زر التصدير لا يعمل منذ آخر تحديث وهذا مشكلة كبيرة في العمل مع العملاء الذين لا يمكن لهم إنهاء ذلك عند الحاجة إلى التصدير.',
  };
  it.each(Object.entries(samples))('knows %s', (code, text) => {
    expect(detectLanguage(text)).toBe(code);
    const wrong = code === 'en' ? 'de' : 'en';
    expect(runOne('language', wrong, { text }).kind).toBe('wrong-language');
    expect(runOne('language', code, { text }).pass).toBe(true);
  });

  it.each([
    ['a word', 'Export'],
    ['code', '```ts\nexport const the = of(and, to, is);\n```'],
    ['numbers', '1, 2, 3, 4, 5'],
    ['names', 'Abigail Smith, Benjamin Jones, Charlotte Brown, Daniel Taylor, Emily Davis, Franklin Miller'],
    ['two languages', `${samples.de} ${samples.en}`],
  ])('is not sure about %s, and then fails nothing', (_, text) => {
    expect(detectLanguage(text)).toBeUndefined();
    expect(runOne('language', 'fr', { text }).pass).toBe(true);
  });

  it('compares with the prompt, and names both languages', () => {
    const prompt = promptWith({
      messages: [
        { role: 'system', content: 'You answer tickets.' },
        { role: 'user', content: samples.de ?? '' },
      ],
    });
    expect(runOne('language', 'same', { text: samples.en, prompt }).why).toBe(
      'The answer is in English; German was asked for.',
    );
    const romanised = 'Maine yeh kitab parhi hai aur mujhe bohat pasand aayi, kya aap ne bhi parhi hai?';
    expect(runOne('language', 'ur', { text: romanised }).why).toBe(
      'The answer is in Latin letters; Urdu was asked for.',
    );
  });
});

describe('recall', () => {
  const facts: Json = ['Friday', ['1,200 euros', 'EUR 1200'], 'Maria Lopez', '12'];
  it.each<[string, Record<string, Json>, string | undefined]>([
    ['On Friday Maria López pays.', {}, 'The answer misses 3 of 4 facts: "1,200 euros", "Maria Lopez", "12".'],
    ['on FRIDAY **Maria  Lopez** pays 1200 euros for 12.', {}, undefined],
    ['Friday, Maria Lopez, EUR 1200, in 2012', {}, 'The answer misses 1 of 4 facts: "12".'],
    ['Friday, Maria Lopez', { atLeast: 2 }, undefined],
  ])('%j %j', (text, more, why) => {
    expect(runOne('recall', facts, { text }, more).why).toBe(why);
  });
});

describe('exec judges what the program said', () => {
  it.each<
    [{ code: number | null; output: string; timedOut: boolean } | undefined, string | undefined, string | undefined]
  >([
    [{ code: 0, output: 'fine', timedOut: false }, undefined, undefined],
    [
      { code: 3, output: 'line 1\nno total\n', timedOut: false },
      'exec',
      './check.sh ended with exit code 3: "no total".',
    ],
    [{ code: null, output: '', timedOut: false }, 'exec', './check.sh was ended by a signal.'],
    [
      { code: null, output: '', timedOut: true },
      'exec-timeout',
      './check.sh did not finish within 5 s on this answer.',
    ],
    [undefined, 'exec-not-run', './check.sh was not run on this answer.'],
  ])('%j', (exec, kind, why) => {
    const result = runOne('exec', './check.sh', { text: 'x', exec }, { seconds: 5 });
    expect([result.kind, result.why]).toEqual([kind, why]);
  });
});

describe('amounts and forms', () => {
  it.each<[string, Json | undefined, Record<string, Json>, string, string | undefined]>([
    ['bullets', 3, {}, '- a\n* b\n• c\n---\n**bold**\n', undefined],
    ['bullets', 3, {}, '- a\n- b', 'The answer has 2 bullet points; exactly 3 were asked for.'],
    ['bullets', { atMost: 1 }, {}, '- a\n- b', 'The answer has 2 bullet points; at most 1 was asked for.'],
    ['numbered', 2, {}, '1. a\n2) b\n3.5 is a number', undefined],
    ['sentences', { atMost: 2 }, {}, 'Dr. Smith paid 3.50 at 5 p.m. on Friday. He left!', undefined],
    ['sentences', { atMost: 2 }, {}, 'One. Two. Three?', 'The answer has 3 sentences; at most 2 were asked for.'],
    ['paragraphs', 2, {}, 'a\n\n\nb', undefined],
    ['paragraphs', 2, { divider: '***', different: true }, 'a\n***\na', 'The answer gives the same part twice: "a".'],
    ['paragraphStart', 'weekend', { paragraph: 2 }, 'Hi.\n\n"Weekend, at last', undefined],
    ['paragraphStart', 'weekend', {}, 'Hi.', 'Paragraph 1 starts with "hi", not with "weekend".'],
    ['sections', { atLeast: 2 }, { marker: 'SECTION' }, 'SECTION 1\na\nSECTION 2', undefined],
    [
      'sections',
      { atLeast: 2 },
      { marker: 'SECTION' },
      'SECTION 1',
      'The answer has 1 section marked "SECTION" and a number; at least 2 were asked for.',
    ],
    ['highlights', { atLeast: 2 }, {}, '*a* and **b**', undefined],
    ['placeholders', { atLeast: 1 }, {}, 'Dear [name]', undefined],
    [
      'mentions',
      { atLeast: 2 },
      { of: 'story' },
      'Story',
      'The answer has 1 mention of "story"; at least 2 were asked for.',
    ],
    ['letterCase', 'lower', {}, 'all small', undefined],
    ['letterCase', 'lower', {}, 'not All', 'The answer should be in small letters, but has "All".'],
    ['letterCase', 'upper', {}, 'ÄRGER 12', undefined],
    [
      'capitalWords',
      { atMost: 1 },
      {},
      "NASA says I'm late",
      'The answer has 2 words in capital letters; at most 1 was asked for.',
    ],
    ['startsWith', 'Dear', {}, '  dear Sir', undefined],
    ['endsWith', 'Regards', {}, 'Kind regards"', undefined],
    ['endsWith', 'Regards', {}, 'Bye', 'The answer ends with "Bye", not with "Regards".'],
    ['quoted', undefined, {}, '"x"', undefined],
    ['postscript', 'P.S.', {}, 'Bye\np. s. One more', undefined],
    ['title', undefined, {}, '<<A title>>\ntext', undefined],
    ['title', undefined, {}, '<<>>', 'The answer has no title in double angle brackets (<<like this>>).'],
    ['containsAny', ['yes', 'no'], { wholeWords: true }, 'Nothing yet', 'The answer contains none of "yes", "no".'],
    ['notContains', 'rock', { wholeWords: true }, 'rocket', undefined],
  ])('%s %j %j on %j', (check, value, more, text, why) => {
    expect(runOne(check, value, { text }, more).why).toBe(why);
  });

  it('counts the ends of Chinese sentences, also where they repeat a hundred thousand times', () => {
    expect(countSentences('这是狗。这是猫。真的！？是的。')).toBe(4);
    // Without the border in the pattern this takes minutes: the test would end by its time limit.
    expect(countSentences(`${'。'.repeat(100_000)}x`)).toBe(1);
  });

  it('counts the sentences of a text without capitals', () => {
    expect(countSentences('first one. second one. e.g. this is the third.')).toBe(3);
  });
});

/** A model may answer with anything: no check of ours may be slow on it. */
describe('every check is quick on 300 KB of hostile text', () => {
  const options: Record<string, Partial<CheckSpec>> = {
    jsonSchema: { value: { type: 'object' } },
    contains: { value: 'zz', wholeWords: true },
    containsAny: { value: 'a', wholeWords: true },
    notContains: { value: '.', wholeWords: true },
    regex: { value: 'zz' },
    notRegex: { value: 'zz' },
    recall: { value: ['zz', '1'] },
    maxWords: { value: 3 },
    minWords: { value: 3 },
    language: { value: 'de' },
    paragraphStart: { value: 'zz' },
    sections: { value: 3, marker: 'a' },
    mentions: { value: 3, of: 'a' },
    letterCase: { value: 'lower' },
    startsWith: { value: 'zz' },
    endsWith: { value: 'zz' },
    postscript: { value: 'P.S.' },
    exec: { value: './x' },
  };
  const size = 300_000;
  const hostile = [
    '.',
    '[',
    '*',
    '<',
    '"',
    '`',
    '\n',
    ' ',
    'a',
    'A',
    '1',
    '1,',
    '. ',
    '\n ',
    '<<',
    '#_',
    '一',
    '-\n',
    'P.',
  ];
  it.each(Object.keys(checks))('%s', (name) => {
    const check = checks[name as keyof typeof checks];
    const spec: CheckSpec = { check: name, value: 3, ...options[name] };
    const slow = hostile.filter((unit) => {
      const answer = answerWith({ text: `x${unit.repeat(size / unit.length)}x` });
      return leastProcessorTime(() => check.run(spec, answer, plainTools), { enough: 1_000 }) > 1_000;
    });
    expect(slow).toEqual([]);
  });
});

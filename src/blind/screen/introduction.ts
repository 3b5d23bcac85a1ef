/** What the session asks, before the first ballot: on the screen, read aloud, and on the page. */
export const introduction =
  'Each ballot shows one prompt and two answers, LEFT and RIGHT. They come from two models in random order. Which answer would you rather use?';

export const howItGoes =
  'Each key saves one vote. u undoes it. s skips a ballot that you cannot judge. q stops; "gapcheck score" continues from there. ? shows all keys.';

/** A no that is somebody else's, or about a part of the work: "She said that I must not …", "I can't answer every letter". */
export const isAnothers = (folded: string): boolean =>
  ofOthers.test(folded) || ofEach.test(folded) || ofThanks.test(folded);
/** Others say it or are its subject. An infinitive explains a word: "To refuse to speak in court". */
const ofOthers =
  /^to (?:refuse|decline|reject|abstain)\b|^(?:… )?(?:he|she|they|people) (?!.*\b(?:i|me|my|we|our)\b)|^(?:… )?(?:he|she|they|(?:the|my|a|an|his|her|their) \w+) (?:said|says|told me|tells me|thinks|thought|wrote|insists|insisted|ordered) /;
const ofEach = /\bi (?:[a-z]+ )?(?:cannot|do not|will not) [a-z]+(?: [a-z]+)? (?:every|both|each)\b/;
/** "I can't say how much it meant to me." */
const ofThanks =
  /\bi (?:cannot|could not) (?:[a-z]+ )?(?:say|tell you|express|describe|explain|put into words) how (?:much|grateful|thankful|happy|glad|sorry|proud|touched|deeply|relieved)\b/;

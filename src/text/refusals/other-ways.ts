/**
 * What stands behind a no and does none of the work that was asked for: an offer of something else, and who could help.
 * They count where the answer is the model's own word; in a letter an offer is what the letter says.
 */

/** "I can list its sources", "Happy to talk about the law": whoever offers has not done it yet. */
const offer =
  /^(?:… )?(?:but |still,? |instead,? |that said,? |however,? |alternatively,? )?(?:i (?:can|could)(?: (?:certainly|gladly|happily|still|instead|always|also|absolutely))? (?!not\b|never\b|only\b|see\b|say\b|confirm\b|hear\b|read\b|be\b|imagine\b|think of\b|tell (?:you )?(?:that|it|this)\b)\w+|i (?:would|will|am)(?: be| always be)? (?:happy|glad|willing|ready) to|i (?:would|will) (?:gladly|happily)|what i can (?:do|offer|give)|(?:happy|glad) to) /;
/** Who can: the front desk, a vet, the rental company. */
const helper =
  '(?:desk|compan(?:y|ies)|provider|lawyer|attorney|accountant|vet|veterinarian|doctor|pharmacist|therapist|police|bank|school|assistance|team|locksmith|professional|advis[oe]r|agency|authorities|counsell?or|office|notary|officials?|hotline|helpline|organi[sz]ation|clinic|union|registrar|consultant|teacher|expert|specialist)s?';
const pointer = new RegExp(
  `\\b(?:an?|the|your|their|its|'s|local) (?:[\\w'-]+ ){0,3}?${helper}\\b(?: or [\\w ]{2,24})? (?:\\w+ly |also )?(?:can|could|may|might|will|would|should|is the (?:right|best)|are the (?:right|best)|knows?) `,
);
/** Somebody else does it for people: "a notary or the town hall may advise you". */
const service =
  /(?<!\b(?:i|you|it|this|that|we|which|what) )\b(?:can|could|may|might|will) (?:\w+ly |also |still )?(?:help|assess|assist|sort|look into|tell you|advise|explain|discuss|support|guide|arrange|walk you|talk you|point you|take care|handle|take over|step in|issue|replace|restore|recover)\b/;
/** The case in which somebody has a good reason: "If this is for a device you own, …". */
const purpose = /^if (?:this|that|it) (?:is|was) (?:for|about|part of|meant)\b/;

export const pointsElsewhere = (folded: string): boolean =>
  !/\d|[$€£¥@]|https?:|www\./.test(folded) &&
  (offer.test(folded) || pointer.test(folded) || service.test(folded) || purpose.test(folded));

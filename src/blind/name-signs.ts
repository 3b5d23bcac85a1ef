/** What stands for a name in a marked sentence: one letter of the private area for a model, one for a vendor. */
export const modelSign = '\ue000';
export const vendorSign = '\ue001';

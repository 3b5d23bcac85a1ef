/** Code that no fence marks: lines indented by four behind a blank one, and comments made of stars. */

const listSign = /^\s*(?:[-*+•‣◦▪●]|\d{1,9}[.)])\s/;
const indentation = /^(?: {4}|\t)/;

/** Tells of each line in turn whether it is such code. In a list, indentation is a matter of the list. */
export function createUnfencedCode(): (line: string) => boolean {
  const isComment = createComments();
  let wasCode = false;
  let wasBlank = true;
  let inList = false;
  return (line) => {
    const inComment = isComment(line);
    const isBlank = line.trim() === '';
    const isIndented = !isBlank && indentation.test(line);
    const isCode = isIndented && (wasCode || wasBlank) && !inList;
    if (!isBlank && !isIndented) inList = listSign.test(line) || (inList && /^\s/.test(line));
    wasCode = isCode || (isBlank && wasCode);
    wasBlank = isBlank;
    return isCode || inComment;
  };
}

/** Between the marks of a comment a star is no list sign. */
function createComments(): (line: string) => boolean {
  let isOpen = false;
  return (line) => {
    const opens = /^\s*\/\*/.test(line);
    const isComment = opens || (isOpen && /^\s*\*/.test(line));
    isOpen = isComment && !line.includes('*/');
    return isComment;
  };
}

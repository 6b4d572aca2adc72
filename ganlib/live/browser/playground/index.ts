/** What built/playground.js is made from: the element `<gan-playground>`. */
export {};

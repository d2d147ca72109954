/** Vite gives the text of a style sheet where its address ends so. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}

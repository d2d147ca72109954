/** Styles are imported for what the build makes of them. */
declare module '*.css';
declare module '*.css?inline' {
  const text: string;
  export default text;
}

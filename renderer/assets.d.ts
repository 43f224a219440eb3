declare module '*.css';
declare module '@fontsource-variable/inter/wght.css';
declare module '@fontsource-variable/jetbrains-mono/wght.css';

declare module '*?worker&url' {
  const url: string;
  export default url;
}

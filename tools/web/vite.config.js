import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

export default defineConfig(({ isSsrBuild }) => ({
  plugins: isSsrBuild ? [] : [viteSingleFile()],
  build: { target: 'es2020', reportCompressedSize: false, minify: 'esbuild' },
  // The module that draws without a browser holds all it needs.
  ssr: { noExternal: true },
}));

import type { FileEntry } from '../../model/file-tree.ts';

/** Endings of files that are no text, or hold nothing but numbers and words: pictures, sounds, fonts, archives, compiled code, data. */
const skippedEndings = new Set(
  `png jpg jpeg jpe gif bmp ico icns tif tiff webp avif heic psd xcf ai eps pcx tga cur ani dds ktx exr hdr
  mp3 mp4 m4a m4v ogg oga ogv opus flac wav aac wma avi mov mkv webm wmv flv mid midi swf
  ttf ttc otf woff woff2 eot pfb pfm afm pfa pcf bdf psf psfu
  zip gz tgz bz2 tbz tbz2 xz txz zst lz lz4 lzma lzo br z 7z rar tar jar war ear aar apk ipa deb rpm whl egg gem crate nupkg snap cab msi dmg iso img qcow2 vmdk
  so o a ko obj lib dll exe sys elf dylib class pyc pyo pyd beam hi rlib rmeta wasm node bin dat rom efi mod elc zwc
  mo gmo msg nls cat qm
  pdf doc docx xls xlsx ppt pptx odt ods odp epub djvu ps dvi chm
  sqlite sqlite3 db db3 mdb frm ibd myd myi rdb ldb sst pack idx rev pma
  gresource typelib cache dic aff hyph lm tbl pickle pkl npy npz parquet feather arrow h5 hdf5 onnx pt pth safetensors tflite gguf model
  icc icm cube lut stl fbx glb blend
  srl crl p7s p7b der gpg sig asc kbx pub`
    .split(/\s+/)
    .filter((ending) => ending !== ''),
);

/** Names of files that hold digests of packages by the thousand, and nothing else. */
const skippedNames = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  '.package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'go.sum',
  'go.work.sum',
  'cargo.lock',
  'composer.lock',
  'gemfile.lock',
  'poetry.lock',
  'pipfile.lock',
  'uv.lock',
  'pdm.lock',
  'mix.lock',
  'pubspec.lock',
  'flake.lock',
  'packages.lock.json',
  'gradle.lockfile',
  'gradle-wrapper.jar',
  'cmakelists.txt',
  'vmlinuz',
  'ld.so.cache',
]);

/** Folders of the system that hold tables of its own: languages, time zones, terminals, lists of packages' files. */
const skippedFolders =
  /^(?:usr\/(?:share|lib)\/(?:locale|i18n|zoneinfo|terminfo|mime|icons|fonts|gconv|keyrings|ca-certificates|X11|unicode|misc|hunspell|myspell|dict)|usr\/share\/(?:man|info|perl5?\/.{0,40}unicore)|var\/lib\/(?:dpkg|rpm|apk|pacman|apt\/lists)|var\/cache\/apt|lib\/apk\/db|etc\/(?:ssl\/certs|ca-certificates|pki\/ca-trust\/extracted|terminfo)|proc|sys|dev)\//;

/** Whether a file is looked into at all, as far as its path and size tell. */
export function looksAtFile(path: string, entry: Pick<FileEntry, 'kind' | 'size'>): boolean {
  if (entry.kind !== 'file' || entry.size === 0) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (ending.length < name.length && ending.length <= 12 && skippedEndings.has(ending.toLowerCase())) return false;
  if (/\.so\.[\d.]{1,20}$/.test(name)) return false;
  return !(name.length <= 24 && skippedNames.has(name.toLowerCase())) && !skippedFolders.test(path.slice(0, 200));
}

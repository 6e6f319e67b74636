import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The contents of objects, as plain files under the data folder. A file is written in the staging folder, moved to its
 * final name whole and synced, and only then named by the store: so there is never an object without its content, and
 * a file that the store does not name is one that nobody waits for.
 */
export class ContentFiles {
  /** Where contents lie once they are whole. */
  readonly objectsFolder: string;
  /** Where files are written until they are whole. Emptied at the start. */
  readonly stagingFolder: string;
  /** Names of what this process has kept, until an earlier one's files have been swept from among them. */
  private own: Set<string> | undefined = new Set();

  constructor(dataFolder: string) {
    this.objectsFolder = path.join(dataFolder, 'objects');
    this.stagingFolder = path.join(dataFolder, 'staging');
  }

  /**
   * Makes the folders, and removes what an earlier process left half-written.
   * @param isNamed whether the store names any content: the folder of objects has to be there then.
   */
  async open(isNamed = false): Promise<void> {
    await rm(this.stagingFolder, { recursive: true, force: true });
    await mkdir(this.stagingFolder, { recursive: true });
    const made = await mkdir(this.objectsFolder, { recursive: true });
    if (isNamed && made !== undefined) {
      await rmdir(this.objectsFolder);
      throw new Error(
        'its folder objects is missing, though its store lists objects. Put it back, or use another folder.',
      );
    }
  }

  /** A path in the staging folder that no other call gets. */
  stagingPath(extension = ''): string {
    return path.join(this.stagingFolder, randomUUID() + extension);
  }

  /**
   * Moves a staged file to where contents lie, synced to disk, and gives its name there: relative, opaque, and under
   * the Hive folders of the object's key where it has any (`year=2026/month=02/<name>`), by which queries prune.
   */
  async keep(stagedPath: string, key: string): Promise<string> {
    const file = await open(stagedPath, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    const name = randomUUID();
    const folders = hiveFolders(key);
    const relative = [...(folders.length > 0 ? folders : [name.slice(0, 2)]), name].join('/');
    this.own?.add(relative);
    const target = this.pathOf(relative);
    await this.move(stagedPath, target);
    await syncFolder(path.dirname(target));
    return relative;
  }

  /** The file on this machine of a name that `keep` gave. */
  pathOf(relative: string): string {
    return path.join(this.objectsFolder, relative);
  }

  /** A content, opened: it can be read to its end even if its object is replaced meanwhile. */
  openContent(relative: string): Promise<FileHandle> {
    return open(this.pathOf(relative), 'r');
  }

  /** Removes a content, and the folders that it leaves empty. */
  async remove(relative: string): Promise<void> {
    await rm(this.pathOf(relative), { force: true });
    await this.removeEmpty(path.dirname(relative));
  }

  async removeAll(relatives: readonly string[]): Promise<void> {
    await Promise.all(relatives.map((relative) => this.remove(relative)));
  }

  /**
   * Removes the files that were left by a process that died between keeping a content and naming it, or between
   * forgetting it and removing it. It passes over what this process has kept, so it may run beside others' work. It is
   * for the start, and for once.
   * @param named gives the names that the store knows at the moment.
   * @returns how many files were removed, and how many are named and not there: somebody took them away.
   */
  async sweep(named: () => ReadonlySet<string>): Promise<{ removed: number; missing: number }> {
    const entries = await readdir(this.objectsFolder, { recursive: true, withFileTypes: true });
    const nameOf = ({ parentPath, name }: Dirent) =>
      path.relative(this.objectsFolder, path.join(parentPath, name)).split(path.sep).join('/');
    const files = entries.filter((entry) => entry.isFile()).map(nameOf);
    const known = named();
    const found = new Set<string>();
    let removed = 0;
    for (const name of files) {
      found.add(name);
      if (known.has(name) || this.own?.has(name)) continue;
      await this.remove(name);
      removed++;
    }
    this.own = undefined;
    // Those that are further down first; one that is not empty stays.
    const folders = entries.filter((entry) => entry.isDirectory()).map(nameOf);
    for (const folder of folders.sort().reverse()) await this.removeEmpty(folder);
    const unseen = [...known].filter((name) => !found.has(name));
    // What was kept since the folder was read is there, and what was removed since is named no more.
    const lost = await Promise.all(unseen.map((name) => stat(this.pathOf(name)).catch(() => name)));
    const stillNamed = unseen.length > 0 ? named() : known;
    const missing = lost.filter((name) => typeof name === 'string' && stillNamed.has(name)).length;
    return { removed, missing };
  }

  /** Moves a file so that it outlasts a loss of power, with the folders that are new. */
  private async move(from: string, to: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const made = await mkdir(path.dirname(to), { recursive: true });
        await rename(from, to);
        // A folder that is new has to outlast a loss of power as well.
        for (let folder = path.dirname(to); made !== undefined && folder.length >= made.length; ) {
          folder = path.dirname(folder);
          await syncFolder(folder);
        }
        return;
      } catch (error) {
        // The removal of the last content in a folder may have taken the folder away between the two calls.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Removes a folder of contents, and those above it, as far as there is nothing in them. */
  private async removeEmpty(folder: string): Promise<void> {
    for (let empty = folder; empty !== '.'; empty = path.dirname(empty)) {
      const isRemoved = await rmdir(this.pathOf(empty)).then(
        () => true,
        () => false,
      );
      if (!isRemoved) return;
    }
  }
}

const MAX_ATTEMPTS = 20;

/** Makes a file's new name outlast a loss of power. Some systems cannot open a folder, and have no need to. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Folder names that spell a partition and are safe on every file system. Anything else of a key stays off the disk. */
const HIVE_FOLDER = /^[a-z][a-z0-9_]{0,63}=[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const MAX_FOLDERS = 8;

function hiveFolders(key: string): string[] {
  const folders = key.split('/').slice(0, -1);
  return folders.filter((folder) => HIVE_FOLDER.test(folder)).slice(0, MAX_FOLDERS);
}

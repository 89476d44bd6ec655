import { useQuery } from '@tanstack/react-query'
import { versionFilesQuery } from '../../api/registry'
import type { ModelFiles, VersionDetail } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { KeyValues } from '../../components/facts/KeyValues'
import { ErrorState } from '../../components/states'
import { ExampleView } from './ExampleView'
import { FactsSkeleton } from './FactsSkeleton'
import { LoggedModel } from './LoggedModel'
import { SignatureTables } from './SignatureTables'
import { loadSnippet } from './snippets'
import { VersionFiles } from './VersionFiles'

/** How a version is used, what its files say, and the files themselves. */
export function VersionContents({ name, found }: { name: string; found: VersionDetail }) {
  const { version } = found
  const { data: files, error, isError, refetch } = useQuery(versionFilesQuery(name, version))
  const lines = loadSnippet(location.origin, name, version, found.aliases)
  const logged = found.logged_model
  return (
    <>
      <section>
        <h2>Load it</h2>
        <div className="code" tabIndex={0} role="region" aria-label="Lines of Python">
          {lines}
          <CopyButton text={lines} label="Copy the lines" />
        </div>
      </section>
      {files === undefined && !isError && (
        <section aria-busy>
          <h2>Signature</h2>
          <FactsSkeleton rows={5} />
        </section>
      )}
      {files?.problem === null && <Said files={files} />}
      {isError && files === undefined && (
        <ErrorState small what="The version’s files could not be read" error={error} retry={() => void refetch()} />
      )}
      {logged !== null && <LoggedModel model={logged} />}
      {files?.problem === null && <Environment files={files} />}
      <VersionFiles name={name} version={version} problem={files?.problem ?? null} />
    </>
  )
}

function Said({ files }: { files: ModelFiles }) {
  return (
    <>
      <SignatureTables signature={files.signature} />
      {files.example !== null && <ExampleView example={files.example} />}
    </>
  )
}

/** What has to be installed for the model, and how its flavours load it. */
function Environment({ files }: { files: ModelFiles }) {
  return (
    <>
      {files.requirements !== null && (
        <section>
          <h2>Requirements</h2>
          <div className="code code-tall" tabIndex={0} role="region" aria-label="Requirements">
            {files.requirements.trimEnd()}
            <CopyButton text={files.requirements} label="Copy the requirements" />
          </div>
        </section>
      )}
      {files.flavors.map(({ name, settings }) => (
        <KeyValues key={name} title={`Flavour ${name}`} entries={settings} empty="It has no settings." />
      ))}
    </>
  )
}

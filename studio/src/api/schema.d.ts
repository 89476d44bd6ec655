// Written by `npm run types` from openapi.json. Do not edit.
export interface paths {
    "/archived-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count Archived Runs
         * @description How many archived runs match; `view` changes nothing.
         */
        get: operations["count_archived_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifact-paths": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Artifact Paths
         * @description Files of the runs, in all their folders.
         */
        get: operations["artifact_paths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Runs
         * @description Parameters, tags and latest metrics of runs, by name; unknown runs are left out.
         */
        get: operations["compare_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Experiments
         * @description Active experiments in the order of their creation.
         */
        get: operations["list_experiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments/{experiment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Experiment
         * @description Rename an experiment that is not in the trash.
         */
        patch: operations["change_experiment"];
        trace?: never;
    };
    "/experiments/{experiment_id}/default-view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Default View
         * @description Choose the saved view with which an experiment's list opens, for everybody.
         */
        put: operations["set_default_view"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments/{experiment_id}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete Experiment
         * @description Move an experiment and its runs to the trash; the default one stays, as runs without one belong to it.
         */
        post: operations["delete_experiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/experiments/{experiment_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Experiment
         * @description Take an experiment, and the runs that were deleted with it, out of the trash.
         */
        post: operations["restore_experiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/filter-values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Filter Values
         * @description Values of a parameter, a tag, users or names of runs, by value, those that begin with the text first.
         */
        get: operations["filter_values"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/job-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Job
         * @description All that is wrong with a job file; nothing is fetched or queued.
         */
        post: operations["check_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/job-queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Job Queue
         * @description Jobs that wait or run, the oldest first.
         */
        get: operations["job_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Job
         * @description Queue the job of a file; with `from_job`, local code is that job's.
         */
        post: operations["create_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Job
         * @description One job: its state, the ones before, and its processes.
         */
        get: operations["get_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Job
         * @description End a job and all that it began; one that has ended stays as it is.
         */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Job Code
         * @description The files of a job's code.
         */
        get: operations["job_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{name}/code/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Code File
         * @description One file of a job's code, as a text.
         */
        get: operations["code_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metric-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metric Names
         * @description Metric names, by name.
         */
        get: operations["metric_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metric-names/common": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Common Metrics
         * @description Metrics that most of the newest runs have, the commonest first: what a list shows by itself.
         */
        get: operations["common_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Models
         * @description Registered models; prompts come only when the filter asks for them.
         */
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Model
         * @description One registered model, with what its aliases named when.
         */
        get: operations["get_model"];
        put?: never;
        post?: never;
        /**
         * Delete Model
         * @description Delete a model with its versions, tags, aliases and their history; runs and files stay.
         */
        delete: operations["delete_model"];
        options?: never;
        head?: never;
        /**
         * Change Model
         * @description Change a model in all that is given or not at all; answers the model.
         */
        patch: operations["change_model"];
        trace?: never;
    };
    "/models/{name}/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Alias
         * @description Make an alias name a version, if it still names what the reader saw; answers the model.
         */
        put: operations["set_alias"];
        post?: never;
        /**
         * Delete Alias
         * @description Remove an alias; one that is not there is fine.
         */
        delete: operations["delete_alias"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Versions
         * @description The versions of a model, the newest first.
         */
        get: operations["list_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Version
         * @description One version, with the logged model that it was made from.
         */
        get: operations["get_version"];
        put?: never;
        post?: never;
        /**
         * Delete Version
         * @description Delete a version with its tags and the aliases that name it; its files stay.
         */
        delete: operations["delete_version"];
        options?: never;
        head?: never;
        /**
         * Change Version
         * @description Change a version in all that is given or not at all; answers the version.
         */
        patch: operations["change_version"];
        trace?: never;
    };
    "/models/{name}/versions/{version}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Version Artifacts
         * @description One folder of a version's files; empty when there is none.
         */
        get: operations["list_version_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}/versions/{version}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Version Files
         * @description What the version's own files say: signature, example, flavours, requirements.
         */
        get: operations["read_version_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/param-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Param Names
         * @description Parameter names of all runs, by name.
         */
        get: operations["param_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/run-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Group Of Runs
         * @description Groups with figures of the asked metrics, each over all its runs; parameters and tags are left out.
         */
        get: operations["group_of_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Runs
         * @description Runs, the newest first unless asked otherwise, with the asked columns.
         */
        get: operations["list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Run
         * @description One run, deleted or not, without its metrics.
         */
        get: operations["get_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Run
         * @description Change a run that is not in the trash, in all that is given or not at all; answers the run.
         */
        patch: operations["change_run"];
        trace?: never;
    };
    "/runs/{run_id}/artifact-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Artifact Lines
         * @description How many newlines stand before each block of a file, from which any line's number and place follow.
         */
        get: operations["artifact_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/artifact-search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Artifact
         * @description The lines of a file that hold a text; a long file is answered in parts.
         */
        get: operations["search_artifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Artifacts
         * @description A page of one folder of a run's artifacts; empty when there is none.
         */
        get: operations["list_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Children
         * @description Active runs that name this one as their parent, the newest first, with a few columns of their own.
         */
        get: operations["list_children"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/dataset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run Dataset
         * @description Source, schema and profile of a dataset that a run read.
         */
        get: operations["run_dataset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Figures
         * @description Pictures that lie as plain files anywhere among the run's artifacts, and logged tables.
         */
        get: operations["list_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Images
         * @description The images that were logged with a key and a step.
         */
        get: operations["list_images"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run Lineage
         * @description Datasets and models that a run read, models that it made, and versions registered from it.
         */
        get: operations["run_lineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run Metrics
         * @description The latest value of each metric of a run.
         */
        get: operations["run_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/by-id": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Runs By Id
         * @description These runs with the asked columns, to bring rows on screen up to date; unknown ids are left out.
         */
        get: operations["runs_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run Columns
         * @description The asked parameters and metrics of up to 1,000 runs, without reading points.
         */
        post: operations["run_columns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete Runs
         * @description Move runs to the trash, all of them or, if one is unknown, none.
         */
        post: operations["delete_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run Names
         * @description Parameters and metrics that these runs have, those first that tell them apart.
         */
        post: operations["run_names"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Runs
         * @description Take runs out of the trash, all of them or none; their experiments must not be in the trash.
         */
        post: operations["restore_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag Runs
         * @description Set and remove tags of runs that are not in the trash: of all of them or, if one is refused, of none.
         */
        post: operations["tag_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Series
         * @description The curves of up to 50 charts; see the module series.py for the answer's columns.
         */
        post: operations["read_series"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sizes/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Experiment Sizes
         * @description The sizes of these experiments.
         */
        get: operations["experiment_sizes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sizes/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run Sizes
         * @description The sizes of these runs, in their order; unknown ids are left out.
         */
        get: operations["run_sizes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tag Names
         * @description Names of tags of all runs, those that MLflow sets itself included, by name.
         */
        get: operations["tag_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Trashed Experiments
         * @description Experiments that are in the trash, those that were deleted last first.
         */
        get: operations["list_trashed_experiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan Purge
         * @description What deleting this for ever would delete; changes nothing.
         */
        post: operations["plan_purge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trash/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Purge State
         * @description How the purge that runs goes, or how the last one went.
         */
        get: operations["purge_state"];
        put?: never;
        /**
         * Purge
         * @description Begin to delete for ever what was confirmed; it goes on when the page is closed.
         */
        post: operations["purge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Views
         * @description The saved views of one kind of page, by name.
         */
        get: operations["list_views"];
        put?: never;
        /**
         * Create View
         * @description Save a view under a name that its page does not have yet.
         */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views/{view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete View
         * @description Forget a view; links that hold all it shows still work.
         */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        /**
         * Change View
         * @description Change a view's name, or what it shows, unless somebody else changed that meanwhile.
         */
        patch: operations["change_view"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AliasOf */
        AliasOf: {
            /** Alias */
            alias: string;
            /** Version */
            version: string;
        };
        /**
         * AliasPeriod
         * @description An alias named a version from `start` to `end`.
         */
        AliasPeriod: {
            /** Alias */
            alias: string;
            /**
             * End
             * @description null: it names it still
             */
            end: number | null;
            /**
             * Start
             * @description null: since before this server wrote it down
             */
            start: number | null;
            /** Version */
            version: string;
        };
        /** AliasTarget */
        AliasTarget: {
            /**
             * Held
             * @description the version that the alias named when the reader looked, null for none; if it is another by now, nothing changes
             */
            held: string | null;
            /** Version */
            version: string;
        };
        /** ArchivedRuns */
        ArchivedRuns: {
            /** Runs */
            runs: number;
        };
        /** ArtifactEntry */
        ArtifactEntry: {
            /** Is Dir */
            is_dir: boolean;
            /**
             * Path
             * @description from the run's artifact root
             */
            path: string;
            /**
             * Size
             * @description bytes; null for a folder
             */
            size: number | null;
        };
        /** ArtifactFolder */
        ArtifactFolder: {
            /**
             * Entries
             * @description folders first, then files, each by name
             */
            entries: components["schemas"]["ArtifactEntry"][];
            /**
             * More
             * @description whether the folder holds more entries than are listed
             */
            more: boolean;
            /**
             * Next Page Token
             * @description asks for the entries that follow by name
             */
            next_page_token: string | null;
            /** Path */
            path: string;
        };
        /**
         * ArtifactLines
         * @description Where the lines of a file are. While it is not `complete`, ask again: each request counts on.
         */
        ArtifactLines: {
            /**
             * Before
             * @description newlines before each block of `block_bytes`; empty until complete
             */
            before: number[];
            /** Block Bytes */
            block_bytes: number;
            /** Complete */
            complete: boolean;
            /**
             * Counted
             * @description bytes that were counted
             */
            counted: number;
            /**
             * Etag
             * @description of the file that was counted, as /get-artifact answers it
             */
            etag: string;
            /**
             * Lines
             * @description lines in what was counted
             */
            lines: number;
            /**
             * Size
             * @description bytes of the file
             */
            size: number;
        };
        /** ArtifactPath */
        ArtifactPath: {
            /**
             * Path
             * @description of a file, from the artifact root
             */
            path: string;
            /**
             * Runs
             * @description which of the asked runs have it, by their place in the request
             */
            runs: number[];
            /**
             * Size
             * @description bytes, in the first of the runs that have it
             */
            size: number;
        };
        /** ArtifactPaths */
        ArtifactPaths: {
            /**
             * More
             * @description whether there are more than are listed, or than were looked at
             */
            more: boolean;
            /**
             * Paths
             * @description those that most runs have first, then by name
             */
            paths: components["schemas"]["ArtifactPath"][];
        };
        /** ChangedRuns */
        ChangedRuns: {
            /**
             * Runs
             * @description runs that are now as asked, also those that were so before
             */
            runs: number;
        };
        /**
         * Chart
         * @description Curves that share one x axis, and therefore one set of bucket edges.
         */
        Chart: {
            /**
             * End
             * @description greatest x
             */
            end?: number | null;
            /** Metrics */
            metrics: string[];
            /** Run Ids */
            run_ids: string[];
            /**
             * Start
             * @description least x, in the unit of the axis
             */
            start?: number | null;
        };
        /**
         * CheckedJob
         * @description All that is wrong with a job file; it can be submitted when nothing is.
         */
        CheckedJob: {
            /** Problems */
            problems: components["schemas"]["JobProblem"][];
            /**
             * Warnings
             * @description what does not mean here what it means elsewhere
             */
            warnings: components["schemas"]["JobProblem"][];
        };
        /** ChildPage */
        ChildPage: {
            /**
             * Metrics
             * @description names of metrics that most of the newest children have
             */
            metrics: string[];
            /** Next Page Token */
            next_page_token: string | null;
            /**
             * Params
             * @description names of parameters in which the newest children differ
             */
            params: string[];
            /**
             * Runs
             * @description active children, the newest first
             */
            runs: components["schemas"]["RunRow"][];
            /** Total */
            total: number;
        };
        /** ChosenRuns */
        ChosenRuns: {
            /** Run Ids */
            run_ids: string[];
        };
        /** CodeFile */
        CodeFile: {
            /** Executable */
            executable: boolean;
            /** Path */
            path: string;
            /**
             * Size
             * @description bytes
             */
            size: number;
        };
        /**
         * CodeText
         * @description A file of a job's code.
         */
        CodeText: {
            /**
             * More
             * @description whether the file is longer than the text
             */
            more: boolean;
            /** Path */
            path: string;
            /**
             * Size
             * @description bytes of the whole file
             */
            size: number;
            /**
             * Text
             * @description its beginning, of 1 MiB at most; null for bytes that are no text
             */
            text: string | null;
        };
        /**
         * ComparedMetric
         * @description Latest values of a metric of several runs.
         */
        ComparedMetric: {
            /** Name */
            name: string;
            /**
             * Values
             * @description in the order of the runs; null where a run has none
             */
            values: (number | ("NaN" | "Infinity" | "-Infinity") | null)[];
        };
        /**
         * ComparedText
         * @description A parameter or a tag of several runs.
         */
        ComparedText: {
            /** Name */
            name: string;
            /**
             * Values
             * @description in the order of the runs; null where a run has none
             */
            values: (string | null)[];
        };
        /** Comparison */
        Comparison: {
            /** Metrics */
            metrics: components["schemas"]["ComparedMetric"][];
            /**
             * More
             * @description whether there are more names than were asked for
             */
            more: boolean;
            /** Params */
            params: components["schemas"]["ComparedText"][];
            /**
             * Runs
             * @description in the order asked, without metrics and parameters
             */
            runs: components["schemas"]["RunRow"][];
            /** Tags */
            tags: components["schemas"]["ComparedText"][];
        };
        /**
         * DatasetDetail
         * @description Texts as they were logged, cut at a length.
         */
        DatasetDetail: {
            /**
             * Cut
             * @description whether any of the texts was longer
             */
            cut: boolean;
            /** Profile */
            profile: string | null;
            /**
             * Schema Text
             * @description its schema, usually JSON
             */
            schema_text: string | null;
            /** Source */
            source: string;
        };
        /**
         * DefaultView
         * @description With which saved view an experiment's list opens; none: with the built-in one.
         */
        DefaultView: {
            /** View Id */
            view_id: string | null;
        };
        /**
         * EntryChange
         * @description Of a model or a version: what is given changes, the rest stays.
         */
        EntryChange: {
            /**
             * Delete Tags
             * @default []
             */
            delete_tags: string[];
            /**
             * Description
             * @description Markdown; empty for none
             */
            description?: string | null;
            /**
             * Set Tags
             * @default []
             */
            set_tags: components["schemas"]["KeyValue"][];
        };
        /**
         * Error
         * @description What went wrong, in MLflow's shape.
         */
        Error: {
            /** Error Code */
            error_code: string;
            /** Message */
            message: string;
            place: components["schemas"]["Place"] | null;
            /**
             * Problems
             * @description all that is wrong with a job file
             * @default []
             */
            problems: components["schemas"]["JobProblem"][];
        };
        /** ExperimentChange */
        ExperimentChange: {
            /** Name */
            name: string;
        };
        /** ExperimentPage */
        ExperimentPage: {
            /** Experiments */
            experiments: components["schemas"]["ExperimentRow"][];
            /** Next Page Token */
            next_page_token: string | null;
        };
        /** ExperimentRow */
        ExperimentRow: {
            /** Creation Time */
            creation_time: number;
            /**
             * Default View
             * @description id of the saved view with which its list opens
             */
            default_view: string | null;
            /** Experiment Id */
            experiment_id: string;
            /**
             * Latest Start
             * @description when its newest run started
             */
            latest_start: number | null;
            /** Name */
            name: string;
            /**
             * Run Count
             * @description active runs
             */
            run_count: number;
        };
        /** ExperimentSize */
        ExperimentSize: {
            /**
             * Complete
             * @description false: a part; ask again, and more is measured
             */
            complete: boolean;
            /** Experiment Id */
            experiment_id: string;
            /** @description of its runs, those in the trash included */
            size: components["schemas"]["Size"];
        };
        /** ExperimentSizes */
        ExperimentSizes: {
            /** Sizes */
            sizes: components["schemas"]["ExperimentSize"][];
        };
        /**
         * Figure
         * @description A picture that is logged as a plain file.
         */
        Figure: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "image" | "html";
            /**
             * Path
             * @description from the run's artifact root
             */
            path: string;
            /** Size */
            size: number;
        };
        /** FigureListing */
        FigureListing: {
            /**
             * Figures
             * @description those of the upper folders first
             */
            figures: components["schemas"]["Figure"][];
            /**
             * More
             * @description whether there are files that were not looked at, or more than are listed
             */
            more: boolean;
            /**
             * Tables
             * @description in the order of their logging
             */
            tables: components["schemas"]["LoggedTable"][];
        };
        /**
         * Figures
         * @description Of one metric over all runs of a group; values that are not finite are counted and else left out.
         */
        Figures: {
            /**
             * Count
             * @description runs with a finite value
             */
            count: number;
            /** Max */
            max: number | ("NaN" | "Infinity" | "-Infinity") | null;
            /** Mean */
            mean: number | ("NaN" | "Infinity" | "-Infinity") | null;
            /** Min */
            min: number | ("NaN" | "Infinity" | "-Infinity") | null;
            /**
             * Not Finite
             * @description runs whose value is NaN or an infinity
             */
            not_finite: number;
            /**
             * Std
             * @description of a sample (n - 1); null for a single value
             */
            std: number | ("NaN" | "Infinity" | "-Infinity") | null;
        };
        /** Flavor */
        Flavor: {
            /** Name */
            name: string;
            /**
             * Settings
             * @description values that are not text stand as JSON
             */
            settings: components["schemas"]["KeyValue"][];
        };
        /** ImageListing */
        ImageListing: {
            /**
             * More
             * @description whether the run has more images than are listed
             */
            more: boolean;
            /**
             * Series
             * @description by key
             */
            series: components["schemas"]["ImageSeries"][];
        };
        /**
         * ImageSeries
         * @description The images logged under one key, in columns of equal length by step; of one step the newest.
         */
        ImageSeries: {
            /** Key */
            key: string;
            /**
             * Paths
             * @description from the run's artifact root
             */
            paths: string[];
            /** Steps */
            steps: number[];
            /**
             * Thumbnails
             * @description paths of small variants, where there is one
             */
            thumbnails: (string | null)[];
            /** Times */
            times: number[];
        };
        /** InputExample */
        InputExample: {
            /**
             * Kind
             * @description what MLflow calls it: dataframe, ndarray, json_object, …
             */
            kind: string;
            /** Path */
            path: string;
            /** Size */
            size: number;
            /**
             * Text
             * @description JSON; null when it is longer than is shown, or no text
             */
            text: string | null;
        };
        /**
         * JobCode
         * @description The code of a job as it was when it was submitted.
         */
        JobCode: {
            /**
             * Digest
             * @description null for a job without code
             */
            digest: string | null;
            /**
             * Files
             * @description by path
             */
            files: components["schemas"]["CodeFile"][];
        };
        /** JobDetail */
        JobDetail: {
            /** Cancel Requested */
            cancel_requested: number | null;
            /** Compute */
            compute: string;
            /** Created */
            created: number;
            /** Display Name */
            display_name: string;
            /** Ended */
            ended: number | null;
            /**
             * Events
             * @description the states that it passed, in order
             */
            events: components["schemas"]["JobStep"][];
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /**
             * Is Written
             * @description whether somebody wrote the job file; else it is made of the job
             */
            is_written: boolean;
            /**
             * Message
             * @description why it waits, or why it ended
             */
            message: string;
            /**
             * Name
             * @description also the id of its run
             */
            name: string;
            /** Nodes */
            nodes: components["schemas"]["JobNode"][];
            /** Parent */
            parent: string | null;
            /**
             * Reason
             * @description a word for the cause: exit_code, signal, timeout, canceled, …
             */
            reason: string;
            /**
             * Retry
             * @description how often it was tried before
             */
            retry: number;
            /** Runner */
            runner: string | null;
            /**
             * Snapshot
             * @description digest of its code
             */
            snapshot: string | null;
            /**
             * Source
             * @description the job file as it was written, or made; empty where that can't be done
             */
            source: string;
            /**
             * Started
             * @description when its first process began
             */
            started: number | null;
            /** State */
            state: string;
            /**
             * Type
             * @description command, sweep or pipeline
             */
            type: string;
        };
        /** JobNode */
        JobNode: {
            /** Host */
            host: string;
            /** Index */
            index: number;
            /** Message */
            message: string;
            /** Ranks */
            ranks: components["schemas"]["JobRank"][];
            /** Reason */
            reason: string;
            /** State */
            state: string;
        };
        /**
         * JobProblem
         * @description What is wrong with a job file, or worth a word, and where.
         */
        JobProblem: {
            /**
             * Column
             * @description from 1
             */
            column: number;
            /**
             * Field
             * @description the path of names from the file's top; empty for the file itself
             */
            field: string;
            /**
             * Line
             * @description from 1
             */
            line: number;
            /** Message */
            message: string;
        };
        /** JobQueue */
        JobQueue: {
            /**
             * Counts
             * @description how many are in each state, also those that are not listed
             */
            counts: {
                [key: string]: number;
            };
            /**
             * Jobs
             * @description those that have not ended, the oldest first
             */
            jobs: components["schemas"]["QueuedJob"][];
            /**
             * More
             * @description whether there are more than are listed
             */
            more: boolean;
        };
        /** JobRank */
        JobRank: {
            /** Ended */
            ended: number | null;
            /**
             * Exit Code
             * @description negative for the signal that ended it; null while it runs
             */
            exit_code: number | null;
            /** Local Rank */
            local_rank: number;
            /**
             * Log
             * @description path of its output among the job's artifacts; empty where unknown
             */
            log: string;
            /** Pid */
            pid: number | null;
            /** Rank */
            rank: number;
            /** Started */
            started: number | null;
        };
        /**
         * JobStep
         * @description A state that a job came into.
         */
        JobStep: {
            /** Message */
            message: string;
            /** State */
            state: string;
            /** Time */
            time: number;
        };
        /**
         * JobText
         * @description A job file; its local code can only be that of another job.
         */
        JobText: {
            /**
             * From Job
             * @description the job whose code a local `code` stands for
             */
            from_job?: string | null;
            /** Text */
            text: string;
        };
        /**
         * KeptItem
         * @description What stays in the trash, and why.
         */
        KeptItem: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "run" | "experiment" | "model";
            /** Name */
            name: string;
            /** Reason */
            reason: string;
        };
        /** KeyValue */
        KeyValue: {
            /** Key */
            key: string;
            /** Value */
            value: string;
        };
        /** LatestVersion */
        LatestVersion: {
            /** Creation Time */
            creation_time: number;
            /** Stage */
            stage: string;
            /** Status */
            status: string;
            /** Version */
            version: string;
        };
        /** Lineage */
        Lineage: {
            /**
             * Datasets
             * @description in the order of their logging
             */
            datasets: components["schemas"]["UsedDataset"][];
            /** Inputs */
            inputs: components["schemas"]["RunModel"][];
            /**
             * More
             * @description whether there are more than are listed
             */
            more: boolean;
            /** Outputs */
            outputs: components["schemas"]["RunModel"][];
            /**
             * Versions
             * @description registered versions that came from this run
             */
            versions: components["schemas"]["VersionLink"][];
        };
        /**
         * LinesFound
         * @description Lines that hold a text, in the part of the file that was searched.
         */
        LinesFound: {
            /**
             * Count
             * @description how many lines of this part hold it
             */
            count: number;
            /**
             * Lines
             * @description numbers of the first of them, from 1
             */
            lines: number[];
            /**
             * Next Page Token
             * @description asks for the following part; null when all is searched
             */
            next_page_token: string | null;
            /**
             * Searched
             * @description bytes from the beginning of the file that are searched now
             */
            searched: number;
            /**
             * Size
             * @description bytes of the file
             */
            size: number;
        };
        /**
         * LoggedMetric
         * @description The latest point of a metric of a logged model.
         */
        LoggedMetric: {
            /** Dataset */
            dataset: string | null;
            /** Name */
            name: string;
            /** Run Id */
            run_id: string;
            /** Step */
            step: number;
            /** Value */
            value: number | ("NaN" | "Infinity" | "-Infinity");
        };
        /** LoggedModelFacts */
        LoggedModelFacts: {
            /** Creation Time */
            creation_time: number;
            /** Metrics */
            metrics: components["schemas"]["LoggedMetric"][];
            /** Model Id */
            model_id: string;
            /** Model Type */
            model_type: string | null;
            /** Name */
            name: string;
            /** Params */
            params: components["schemas"]["KeyValue"][];
            /** Status */
            status: string;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
        };
        /** LoggedTable */
        LoggedTable: {
            /**
             * Path
             * @description from the run's artifact root
             */
            path: string;
            /**
             * Size
             * @description bytes; null when the file is gone
             */
            size: number | null;
        };
        /**
         * MetricColumn
         * @description A metric of several runs; in the order of the runs, null where a run has none.
         */
        MetricColumn: {
            /** Latest */
            latest: (number | ("NaN" | "Infinity" | "-Infinity") | null)[];
            /**
             * Max
             * @description greatest value that is no NaN
             */
            max: (number | ("NaN" | "Infinity" | "-Infinity") | null)[];
            /**
             * Min
             * @description least value that is no NaN
             */
            min: (number | ("NaN" | "Infinity" | "-Infinity") | null)[];
            /** Name */
            name: string;
        };
        /**
         * MetricTable
         * @description A run's metrics in columns of equal length, ordered by name.
         */
        MetricTable: {
            /** Latest */
            latest: (number | ("NaN" | "Infinity" | "-Infinity"))[];
            /** Latest Step */
            latest_step: number[];
            /** Names */
            names: string[];
        };
        /** MetricUse */
        MetricUse: {
            /** Name */
            name: string;
            /**
             * Runs
             * @description how many of the counted runs have it
             */
            runs: number;
        };
        /** ModelDetail */
        ModelDetail: {
            /** Aliases */
            aliases: components["schemas"]["AliasOf"][];
            /** Creation Time */
            creation_time: number;
            /** Description */
            description: string;
            /**
             * History
             * @description what each alias named when, by start
             */
            history: components["schemas"]["AliasPeriod"][];
            /**
             * History Cut
             * @description whether changes of aliases older than these are left out
             */
            history_cut: boolean;
            /** Last Update Time */
            last_update_time: number;
            /**
             * Latest Versions
             * @description the newest of each stage, the oldest first
             */
            latest_versions: components["schemas"]["LatestVersion"][];
            /** Name */
            name: string;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
            /** Version Count */
            version_count: number;
        };
        /**
         * ModelFiles
         * @description What a version's own files say of it.
         */
        ModelFiles: {
            example: components["schemas"]["InputExample"] | null;
            /** Flavors */
            flavors: components["schemas"]["Flavor"][];
            /** Mlflow Version */
            mlflow_version: string | null;
            /**
             * Problem
             * @description why they could not be read; everything else is empty then
             */
            problem: string | null;
            /** Python Version */
            python_version: string | null;
            /**
             * Requirements
             * @description requirements.txt; null when there is none
             */
            requirements: string | null;
            signature: components["schemas"]["Signature"] | null;
            /**
             * Size
             * @description bytes of the model, as MLflow counted them
             */
            size: number | null;
        };
        /**
         * ModelMetric
         * @description The latest value of a metric of a logged model.
         */
        ModelMetric: {
            /** Dataset Name */
            dataset_name: string | null;
            /** Key */
            key: string;
            /** Step */
            step: number;
            /** Value */
            value: number | ("NaN" | "Infinity" | "-Infinity");
        };
        /** ModelPage */
        ModelPage: {
            /** Models */
            models: components["schemas"]["ModelRow"][];
            /** Next Page Token */
            next_page_token: string | null;
        };
        /** ModelRow */
        ModelRow: {
            /** Aliases */
            aliases: components["schemas"]["AliasOf"][];
            /** Creation Time */
            creation_time: number;
            /** Description */
            description: string;
            /** Last Update Time */
            last_update_time: number;
            /**
             * Latest Versions
             * @description the newest of each stage, the oldest first
             */
            latest_versions: components["schemas"]["LatestVersion"][];
            /** Name */
            name: string;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
            /** Version Count */
            version_count: number;
        };
        /** Names */
        Names: {
            /**
             * More
             * @description whether there are more than were asked for
             */
            more: boolean;
            /** Names */
            names: string[];
        };
        /** NewJobText */
        NewJobText: {
            /**
             * Experiment
             * @description where the file names none; else Default
             */
            experiment?: string | null;
            /**
             * From Job
             * @description the job whose code a local `code` stands for
             */
            from_job?: string | null;
            /** Text */
            text: string;
        };
        /** NewView */
        NewView: {
            /** Name */
            name: string;
            /**
             * Page
             * @enum {string}
             */
            page: "jobs" | "metrics" | "compare";
            /** Query */
            query: string;
        };
        /** ParamUse */
        ParamUse: {
            /** Name */
            name: string;
            /**
             * Runs
             * @description how many of the runs have it
             */
            runs: number;
            /**
             * Values
             * @description how many different values they have
             */
            values: number;
        };
        /**
         * Place
         * @description Where a filter is wrong, for a field to mark it.
         */
        Place: {
            /**
             * Length
             * @description in characters; 0 where something is missing
             */
            length: number;
            /**
             * Position
             * @description in characters (code points) from the start of the expression
             */
            position: number;
            /**
             * Reason
             * @description the message without the place
             */
            reason: string;
        };
        /**
         * PlotRun
         * @description A run as far as it is plotted.
         */
        PlotRun: {
            /** End Time */
            end_time: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /** Name */
            name: string;
            /** Run Id */
            run_id: string;
            /** Start Time */
            start_time: number | null;
            /** Status */
            status: string;
            /** User */
            user: string;
        };
        /** PlotRuns */
        PlotRuns: {
            /** Run Ids */
            run_ids: string[];
        };
        /**
         * Purge
         * @description What was confirmed.
         */
        Purge: {
            /**
             * Before
             * @description as the plan said
             */
            before: number;
            /** Experiment Ids */
            experiment_ids?: string[] | null;
            /** Run Ids */
            run_ids?: string[] | null;
        };
        /**
         * PurgeProgress
         * @description A purge that runs, or the last one; bytes are those that were given back to the file system.
         */
        PurgeProgress: {
            /** Database Bytes */
            database_bytes: number;
            /** Elsewhere */
            elsewhere: number;
            /** Ended */
            ended: number | null;
            /** Error */
            error: string | null;
            /** Experiments */
            experiments: number;
            /** File Bytes */
            file_bytes: number;
            /** Files */
            files: number;
            /** Kept */
            kept: components["schemas"]["KeptItem"][];
            /** Kept Total */
            kept_total: number;
            /** Models */
            models: number;
            /**
             * Phase
             * @enum {string}
             */
            phase: "runs" | "space";
            /** Points */
            points: number;
            /**
             * Reusable Bytes
             * @description free in the database's file, and used before it grows
             */
            reusable_bytes: number;
            /**
             * Runs
             * @description runs that were deleted
             */
            runs: number;
            /** Runs Done */
            runs_done: number;
            /** Runs Total */
            runs_total: number;
            /** Started */
            started: number;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "done" | "failed" | "interrupted";
        };
        /** PurgeState */
        PurgeState: {
            purge: components["schemas"]["PurgeProgress"] | null;
        };
        /** QueuedJob */
        QueuedJob: {
            /** Cancel Requested */
            cancel_requested: number | null;
            /** Compute */
            compute: string;
            /** Created */
            created: number;
            /** Display Name */
            display_name: string;
            /** Ended */
            ended: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /**
             * Message
             * @description why it waits, or why it ended
             */
            message: string;
            /**
             * Name
             * @description also the id of its run
             */
            name: string;
            /** Parent */
            parent: string | null;
            /**
             * Position
             * @description among those that wait for its compute, from 1; null once begun
             */
            position: number | null;
            /**
             * Reason
             * @description a word for the cause: exit_code, signal, timeout, canceled, …
             */
            reason: string;
            /**
             * Retry
             * @description how often it was tried before
             */
            retry: number;
            /** Runner */
            runner: string | null;
            /**
             * Started
             * @description when its first process began
             */
            started: number | null;
            /** State */
            state: string;
            /**
             * Type
             * @description command, sweep or pipeline
             */
            type: string;
        };
        /**
         * RunChange
         * @description What is given changes, the rest stays.
         */
        RunChange: {
            /**
             * Delete Tags
             * @default []
             */
            delete_tags: string[];
            /**
             * Description
             * @description Markdown; empty for none
             */
            description?: string | null;
            /** Name */
            name?: string | null;
            /**
             * Set Tags
             * @default []
             */
            set_tags: components["schemas"]["KeyValue"][];
        };
        /** RunColumns */
        RunColumns: {
            /**
             * Metrics
             * @description in the order asked, also those that no run has
             */
            metrics: components["schemas"]["MetricColumn"][];
            /**
             * Params
             * @description in the order asked, also those that no run has
             */
            params: components["schemas"]["ComparedText"][];
            /**
             * Runs
             * @description in the order asked, unknown ones left out
             */
            runs: components["schemas"]["PlotRun"][];
        };
        /**
         * RunDetail
         * @description All of a run but its metrics.
         */
        RunDetail: {
            /** Artifact Uri */
            artifact_uri: string;
            /**
             * Child Count
             * @description active runs that name this one as their parent
             */
            child_count: number;
            /** End Time */
            end_time: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /**
             * Job State
             * @description of a run that is a job: Queued, Preparing, Running, …
             */
            job_state: string | null;
            /** Lifecycle Stage */
            lifecycle_stage: string;
            /** Metric Count */
            metric_count: number;
            /** Name */
            name: string;
            /** Params */
            params: components["schemas"]["KeyValue"][];
            /** Parent Run Id */
            parent_run_id: string | null;
            /** Parent Run Name */
            parent_run_name: string | null;
            /** Run Id */
            run_id: string;
            /** Start Time */
            start_time: number | null;
            /** Status */
            status: string;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
            /** User */
            user: string;
        };
        /**
         * RunGroup
         * @description Runs that are equal in what they are grouped by.
         */
        RunGroup: {
            /**
             * Metric Max
             * @description of each run's greatest value
             */
            metric_max: {
                [key: string]: components["schemas"]["Figures"];
            };
            /**
             * Metric Min
             * @description of each run's least value
             */
            metric_min: {
                [key: string]: components["schemas"]["Figures"];
            };
            /**
             * Metrics
             * @description of the latest values; metrics that no run has are left out
             */
            metrics: {
                [key: string]: components["schemas"]["Figures"];
            };
            /** Runs */
            runs: number;
            /**
             * Value
             * @description null: the runs that have none
             */
            value: string | null;
        };
        /** RunGroupPage */
        RunGroupPage: {
            /** Groups */
            groups: components["schemas"]["RunGroup"][];
            /** Next Page Token */
            next_page_token: string | null;
            /**
             * Total
             * @description groups on all pages
             */
            total: number;
        };
        /**
         * RunModel
         * @description A logged model that a run read or made.
         */
        RunModel: {
            /** Created */
            created: number | null;
            /** Metrics */
            metrics: components["schemas"]["ModelMetric"][];
            /** Model Id */
            model_id: string;
            /** Model Type */
            model_type: string | null;
            /**
             * Name
             * @description null when the model is unknown or deleted
             */
            name: string | null;
            /** Params */
            params: components["schemas"]["KeyValue"][];
            /**
             * Status
             * @description PENDING, READY, FAILED or UNSPECIFIED
             */
            status: string;
            /**
             * Step
             * @description of the run when it logged the model; null for an input
             */
            step: number | null;
        };
        /**
         * RunNames
         * @description What can be plotted of some runs.
         */
        RunNames: {
            /**
             * Counted
             * @description runs whose metrics were counted: not all where there are many
             */
            counted: number;
            /**
             * Metrics
             * @description the commonest first, those of the machine last
             */
            metrics: components["schemas"]["MetricUse"][];
            /**
             * More
             * @description whether there are more names than were asked for
             */
            more: boolean;
            /**
             * Params
             * @description those with several values first
             */
            params: components["schemas"]["ParamUse"][];
        };
        /** RunPage */
        RunPage: {
            /** Next Page Token */
            next_page_token: string | null;
            /** Runs */
            runs: components["schemas"]["RunRow"][];
        };
        /**
         * RunRow
         * @description A run with the columns that were asked for.
         */
        RunRow: {
            /**
             * Child Count
             * @description of a tree: children that match, too
             */
            child_count: number | null;
            /** End Time */
            end_time: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /**
             * Job State
             * @description of a run that is a job: Queued, Preparing, Running, …
             */
            job_state: string | null;
            /** Lifecycle Stage */
            lifecycle_stage: string;
            /**
             * Metric Max
             * @description greatest values, which pass over NaN
             */
            metric_max: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            /**
             * Metric Min
             * @description least values, which pass over NaN
             */
            metric_min: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            /**
             * Metrics
             * @description latest values of the asked metrics that it has
             */
            metrics: {
                [key: string]: number | ("NaN" | "Infinity" | "-Infinity");
            };
            /** Name */
            name: string;
            /**
             * Params
             * @description the asked parameters that it has
             */
            params: {
                [key: string]: string;
            };
            /** Parent Run Id */
            parent_run_id: string | null;
            /** Parent Run Name */
            parent_run_name: string | null;
            /** Run Id */
            run_id: string;
            /** Start Time */
            start_time: number | null;
            /** Status */
            status: string;
            /**
             * Tags
             * @description the asked tags that it has
             */
            tags: {
                [key: string]: string;
            };
            /** User */
            user: string;
        };
        /** RunSize */
        RunSize: {
            /** Run Id */
            run_id: string;
            size: components["schemas"]["Size"];
        };
        /** RunSizes */
        RunSizes: {
            /**
             * Complete
             * @description false: some are missing; ask again, and more are measured
             */
            complete: boolean;
            /** Sizes */
            sizes: components["schemas"]["RunSize"][];
        };
        /** SavedView */
        SavedView: {
            /** Name */
            name: string;
            /**
             * Query
             * @description of the page's address, without the question mark
             */
            query: string;
            /** Updated */
            updated: number;
            /** View Id */
            view_id: string;
        };
        /** SavedViews */
        SavedViews: {
            /** Views */
            views: components["schemas"]["SavedView"][];
        };
        /** SeriesRequest */
        SeriesRequest: {
            /** Charts */
            charts: components["schemas"]["Chart"][];
            /**
             * Max Points
             * @description most points or buckets per curve
             * @default 1000
             */
            max_points: number;
            /**
             * @default {
             *       "amount": 0,
             *       "kind": "none"
             *     }
             */
            smoothing: components["schemas"]["Smoothing"];
            /**
             * X
             * @description step; time in ms since 1970; relative in ms since the run's start; process: that without pauses
             * @default step
             * @enum {string}
             */
            x: "step" | "time" | "relative" | "process";
        };
        /** Signature */
        Signature: {
            /**
             * Inputs
             * @description null when the signature says nothing of them
             */
            inputs: components["schemas"]["SignatureField"][] | null;
            /** Outputs */
            outputs: components["schemas"]["SignatureField"][] | null;
            /** Params */
            params: components["schemas"]["SignatureField"][] | null;
        };
        /** SignatureField */
        SignatureField: {
            /**
             * Default
             * @description of a parameter, as JSON
             */
            default: string | null;
            /**
             * Name
             * @description null for a tensor or column without a name
             */
            name: string | null;
            /** Required */
            required: boolean | null;
            /**
             * Shape
             * @description of a tensor or parameter, as (-1, 4)
             */
            shape: string | null;
            /** Type */
            type: string;
        };
        /**
         * Size
         * @description Bytes, and what they hold.
         */
        Size: {
            /**
             * Artifact Bytes
             * @description files in this server's store, with those of logged models
             */
            artifact_bytes: number;
            /** Files */
            files: number;
            /**
             * Log Bytes
             * @description of the artifacts, those in user_logs, system_logs and logs
             */
            log_bytes: number;
            /**
             * Point Bytes
             * @description as stored: compressed chunks, and what waits to become one
             */
            point_bytes: number;
            /** Points */
            points: number;
            /** Runs */
            runs: number;
            /**
             * Text Bytes
             * @description keys and values of parameters and tags
             */
            text_bytes: number;
            /**
             * Total
             * @description bytes of points, artifacts and texts
             */
            total: number;
        };
        /** Smoothing */
        Smoothing: {
            /**
             * Amount
             * @description ema: weight of the past, 0 to 1; mean and gaussian: width in points
             * @default 0
             */
            amount: number;
            /**
             * Kind
             * @default none
             * @enum {string}
             */
            kind: "none" | "ema" | "mean" | "gaussian";
        };
        /**
         * TagChange
         * @description Tags to set on runs, and keys of tags to remove from those that have them.
         */
        TagChange: {
            /**
             * Delete Tags
             * @default []
             */
            delete_tags: string[];
            /** Run Ids */
            run_ids: string[];
            /**
             * Set Tags
             * @default []
             */
            set_tags: components["schemas"]["KeyValue"][];
        };
        /** TaggedRuns */
        TaggedRuns: {
            /**
             * Runs
             * @description runs that changed; a tag that was not there can't be removed
             */
            runs: number;
        };
        /**
         * TrashChoice
         * @description Runs, and experiments with all that is in them; without both, the whole trash.
         */
        TrashChoice: {
            /** Experiment Ids */
            experiment_ids?: string[] | null;
            /** Run Ids */
            run_ids?: string[] | null;
        };
        /** TrashedExperiment */
        TrashedExperiment: {
            /** Deleted Time */
            deleted_time: number;
            /** Experiment Id */
            experiment_id: string;
            /** Name */
            name: string;
            /**
             * Run Count
             * @description its runs, which are in the trash with it
             */
            run_count: number;
        };
        /** TrashedExperiments */
        TrashedExperiments: {
            /** Experiments */
            experiments: components["schemas"]["TrashedExperiment"][];
        };
        /**
         * TrashPlan
         * @description What deleting for ever would delete.
         */
        TrashPlan: {
            /**
             * Before
             * @description what goes into the trash later than this is not meant
             */
            before: number;
            /**
             * Complete
             * @description false: the size is of a part of the runs; ask again
             */
            complete: boolean;
            /**
             * Elsewhere
             * @description runs whose artifacts lie outside of this server, where they stay
             */
            elsewhere: number;
            /**
             * Experiment Names
             * @description of the first experiments
             */
            experiment_names: string[];
            /** Experiments */
            experiments: number;
            /**
             * Kept
             * @description the first of those that stay
             */
            kept: components["schemas"]["KeptItem"][];
            /** Kept Total */
            kept_total: number;
            /**
             * Models
             * @description logged models that go without a run
             */
            models: number;
            /**
             * Run Names
             * @description of the first runs
             */
            run_names: string[];
            /** Runs */
            runs: number;
            size: components["schemas"]["Size"];
        };
        /**
         * UsedDataset
         * @description A dataset that a run read, without its schema and profile, which may be large.
         */
        UsedDataset: {
            /**
             * Context
             * @description what it was used for, as the run says
             */
            context: string | null;
            /** Digest */
            digest: string;
            /** Name */
            name: string;
            /** Source Type */
            source_type: string;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
        };
        /** VersionDetail */
        VersionDetail: {
            /** Aliases */
            aliases: string[];
            /** Creation Time */
            creation_time: number;
            /** Description */
            description: string;
            /** Last Update Time */
            last_update_time: number;
            /** @description null when there was none, or when it was deleted */
            logged_model: components["schemas"]["LoggedModelFacts"] | null;
            /**
             * Model Id
             * @description the logged model that it was made from
             */
            model_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Run Name
             * @description null when the source run is not on this server
             */
            run_name: string | null;
            /** Source */
            source: string;
            /** Stage */
            stage: string;
            /** Status */
            status: string;
            /** Status Message */
            status_message: string | null;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
            /**
             * User
             * @description who made it, or else its source run
             */
            user: string | null;
            /** Version */
            version: string;
        };
        /**
         * VersionLink
         * @description A version of a registered model.
         */
        VersionLink: {
            /** Aliases */
            aliases: string[];
            /** Name */
            name: string;
            /** Status */
            status: string;
            /** Version */
            version: string;
        };
        /** VersionPage */
        VersionPage: {
            /** Next Page Token */
            next_page_token: string | null;
            /** Versions */
            versions: components["schemas"]["VersionRow"][];
        };
        /** VersionRow */
        VersionRow: {
            /** Aliases */
            aliases: string[];
            /** Creation Time */
            creation_time: number;
            /** Description */
            description: string;
            /** Last Update Time */
            last_update_time: number;
            /**
             * Model Id
             * @description the logged model that it was made from
             */
            model_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Run Name
             * @description null when the source run is not on this server
             */
            run_name: string | null;
            /** Source */
            source: string;
            /** Stage */
            stage: string;
            /** Status */
            status: string;
            /** Status Message */
            status_message: string | null;
            /** Tags */
            tags: components["schemas"]["KeyValue"][];
            /**
             * User
             * @description who made it, or else its source run
             */
            user: string | null;
            /** Version */
            version: string;
        };
        /**
         * ViewChange
         * @description What is given changes, the rest stays.
         */
        ViewChange: {
            /**
             * Held
             * @description the query that the reader saw the view hold; where it holds another one by now, nothing changes
             */
            held?: string | null;
            /** Name */
            name?: string | null;
            /** Query */
            query?: string | null;
        };
        /** WantedColumns */
        WantedColumns: {
            /**
             * Metrics
             * @default []
             */
            metrics: string[];
            /**
             * Params
             * @default []
             */
            params: string[];
            /** Run Ids */
            run_ids: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    count_archived_runs: {
        parameters: {
            query?: {
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                /** @description an expression in MLflow's filter language */
                filter?: string;
                /** @description text in the name, id, user, description or a tag */
                search?: string;
                /** @description active: neither archived nor in the trash; undeleted: also archived ones */
                view?: "active" | "archived" | "undeleted" | "deleted";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchivedRuns"];
                };
            };
        };
    };
    artifact_paths: {
        parameters: {
            query: {
                limit?: number;
                run_id: string[];
                /** @description text that the path contains, in any case */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactPaths"];
                };
            };
        };
    };
    compare_runs: {
        parameters: {
            query: {
                /** @description most names of each kind */
                limit?: number;
                run_id: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
        };
    };
    list_experiments: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string | null;
                /** @description text that the name contains */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentPage"];
                };
            };
        };
    };
    change_experiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperimentChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentRow"];
                };
            };
        };
    };
    set_default_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DefaultView"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_experiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    restore_experiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experiment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    filter_values: {
        parameters: {
            query: {
                limit?: number;
                /** @description as in a filter: `params.lr`, `tags.team`, `user_id` */
                name: string;
                /** @description text that the value contains */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
        };
    };
    check_job: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobText"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedJob"];
                };
            };
        };
    };
    job_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobQueue"];
                };
            };
        };
    };
    create_job: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewJobText"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
        };
    };
    get_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
        };
    };
    job_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobCode"];
                };
            };
        };
    };
    code_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeText"];
                };
            };
        };
    };
    metric_names: {
        parameters: {
            query?: {
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                limit?: number;
                /** @description regular expression that the name matches, in upper or lower case */
                regex?: string;
                /** @description text that the name contains */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
        };
    };
    common_metrics: {
        parameters: {
            query?: {
                /** @description none: all */
                experiment_id?: string[] | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
        };
    };
    list_models: {
        parameters: {
            query?: {
                descending?: boolean;
                /** @description an expression in the registry's filter language */
                filter?: string;
                max_results?: number;
                page_token?: string | null;
                /** @description text in the name */
                search?: string;
                sort?: "name" | "created" | "updated";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
        };
    };
    get_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
        };
    };
    delete_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
        };
    };
    set_alias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AliasTarget"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDetail"];
                };
            };
        };
    };
    delete_alias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alias: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_versions: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string | null;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionPage"];
                };
            };
        };
    };
    get_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
        };
    };
    delete_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntryChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
        };
    };
    list_version_artifacts: {
        parameters: {
            query?: {
                /** @description folder, from the version's root */
                path?: string;
            };
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactFolder"];
                };
            };
        };
    };
    read_version_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelFiles"];
                };
            };
        };
    };
    param_names: {
        parameters: {
            query?: {
                limit?: number;
                /** @description regular expression that the name matches, in upper or lower case */
                regex?: string;
                /** @description text that the name contains */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
        };
    };
    group_of_runs: {
        parameters: {
            query: {
                /** @description `params.lr`, `tags.team`, `attributes.status`, ... */
                by: string;
                descending?: boolean;
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                /** @description an expression in MLflow's filter language */
                filter?: string;
                max_results?: number;
                /** @description latest values */
                metric?: string[] | null;
                /** @description greatest values */
                metric_max?: string[] | null;
                /** @description least values */
                metric_min?: string[] | null;
                /** @description a metric: by the mean */
                order_by?: "value" | "metric" | "metric_min" | "metric_max";
                /** @description the metric's name */
                order_metric?: string;
                page_token?: string | null;
                param?: string[] | null;
                /** @description text in the name, id, user, description or a tag */
                search?: string;
                tag?: string[] | null;
                /** @description active: neither archived nor in the trash; undeleted: also archived ones */
                view?: "active" | "archived" | "undeleted" | "deleted";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunGroupPage"];
                };
            };
        };
    };
    list_runs: {
        parameters: {
            query?: {
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                /** @description an expression in MLflow's filter language */
                filter?: string;
                max_results?: number;
                /** @description latest values */
                metric?: string[] | null;
                /** @description greatest values */
                metric_max?: string[] | null;
                /** @description least values */
                metric_min?: string[] | null;
                /** @description a tree: only runs whose parent does not match, with numbers of children */
                nested?: boolean;
                /** @description as in MLflow: `metrics.loss DESC` */
                order_by?: string[] | null;
                page_token?: string | null;
                param?: string[] | null;
                /** @description of a tree: the run whose children are listed */
                parent?: string | null;
                /** @description text in the name, id, user, description or a tag */
                search?: string;
                tag?: string[] | null;
                /** @description active: neither archived nor in the trash; undeleted: also archived ones */
                view?: "active" | "archived" | "undeleted" | "deleted";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
        };
    };
    get_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    change_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    artifact_lines: {
        parameters: {
            query: {
                /** @description of a file, from the run's artifact root */
                path: string;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactLines"];
                };
            };
        };
    };
    search_artifact: {
        parameters: {
            query: {
                /** @description whether case counts; without, for ASCII only */
                case?: boolean;
                limit?: number;
                page_token?: string | null;
                /** @description of a file, from the run's artifact root */
                path: string;
                text: string;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinesFound"];
                };
            };
        };
    };
    list_artifacts: {
        parameters: {
            query?: {
                page_token?: string | null;
                /** @description folder, from the run's artifact root */
                path?: string;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactFolder"];
                };
            };
        };
    };
    list_children: {
        parameters: {
            query?: {
                max_results?: number;
                page_token?: string | null;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChildPage"];
                };
            };
        };
    };
    run_dataset: {
        parameters: {
            query: {
                digest: string;
                name: string;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetDetail"];
                };
            };
        };
    };
    list_figures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureListing"];
                };
            };
        };
    };
    list_images: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageListing"];
                };
            };
        };
    };
    run_lineage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lineage"];
                };
            };
        };
    };
    run_metrics: {
        parameters: {
            query?: {
                /** @description only these */
                name?: string[] | null;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricTable"];
                };
            };
        };
    };
    runs_by_id: {
        parameters: {
            query: {
                /** @description latest values */
                metric?: string[] | null;
                /** @description greatest values */
                metric_max?: string[] | null;
                /** @description least values */
                metric_min?: string[] | null;
                param?: string[] | null;
                run_id: string[];
                tag?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
        };
    };
    run_columns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WantedColumns"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunColumns"];
                };
            };
        };
    };
    delete_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChosenRuns"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedRuns"];
                };
            };
        };
    };
    run_names: {
        parameters: {
            query?: {
                /** @description most names of each kind */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlotRuns"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunNames"];
                };
            };
        };
    };
    restore_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChosenRuns"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedRuns"];
                };
            };
        };
    };
    tag_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaggedRuns"];
                };
            };
        };
    };
    read_series: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeriesRequest"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/msgpack": string;
                };
            };
        };
    };
    experiment_sizes: {
        parameters: {
            query: {
                experiment_id: number[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExperimentSizes"];
                };
            };
        };
    };
    run_sizes: {
        parameters: {
            query: {
                run_id: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSizes"];
                };
            };
        };
    };
    tag_names: {
        parameters: {
            query?: {
                limit?: number;
                /** @description regular expression that the name matches, in upper or lower case */
                regex?: string;
                /** @description text that the name contains */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Names"];
                };
            };
        };
    };
    list_trashed_experiments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrashedExperiments"];
                };
            };
        };
    };
    plan_purge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrashChoice"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrashPlan"];
                };
            };
        };
    };
    purge_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurgeState"];
                };
            };
        };
    };
    purge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Purge"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PurgeProgress"];
                };
            };
        };
    };
    list_views: {
        parameters: {
            query: {
                page: "jobs" | "metrics" | "compare";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViews"];
                };
            };
        };
    };
    create_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewView"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
        };
    };
    delete_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewChange"];
            };
        };
        responses: {
            /** @description The request can't be answered; retrying it is of no use. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server failed; retrying may help. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
        };
    };
}

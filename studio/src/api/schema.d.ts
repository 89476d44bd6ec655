// Written by `npm run types` from openapi.json. Do not edit.
export interface paths {
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
    "/runs/{run_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Artifacts
         * @description One folder of a run's artifacts; empty when there is none.
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
    "/runs/{run_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run Metrics
         * @description What is known of each metric of a run without reading points.
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
    "/tag-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tag Names
         * @description Tag names of all runs, by name.
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
         * @description Change a view's name, or what it shows.
         */
        patch: operations["change_view"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
            /** Path */
            path: string;
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
        /** ChosenRuns */
        ChosenRuns: {
            /** Run Ids */
            run_ids: string[];
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
         * DefaultView
         * @description With which saved view an experiment's list opens; none: with the built-in one.
         */
        DefaultView: {
            /** View Id */
            view_id: string | null;
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
        /** KeyValue */
        KeyValue: {
            /** Key */
            key: string;
            /** Value */
            value: string;
        };
        /**
         * MetricTable
         * @description A run's metrics in columns of equal length, ordered by name.
         */
        MetricTable: {
            /** Count */
            count: number[];
            /** Latest */
            latest: (number | ("NaN" | "Infinity" | "-Infinity"))[];
            /** Latest Step */
            latest_step: number[];
            /** Latest Time */
            latest_time: number[];
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
            /** Names */
            names: string[];
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
        /**
         * RunDetail
         * @description All of a run but its metrics.
         */
        RunDetail: {
            /** Artifact Uri */
            artifact_uri: string;
            /** End Time */
            end_time: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
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
            /** End Time */
            end_time: number | null;
            /** Experiment Id */
            experiment_id: string;
            /** Experiment Name */
            experiment_name: string;
            /** Lifecycle Stage */
            lifecycle_stage: string;
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
            /** Run Id */
            run_id: string;
            /** Start Time */
            start_time: number | null;
            /** Status */
            status: string;
            /** User */
            user: string;
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
             * @description step; time in ms since 1970; relative in ms since the run's start
             * @default step
             * @enum {string}
             */
            x: "step" | "time" | "relative";
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
         * ViewChange
         * @description What is given changes, the rest stays.
         */
        ViewChange: {
            /** Name */
            name?: string | null;
            /** Query */
            query?: string | null;
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
    metric_names: {
        parameters: {
            query?: {
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                limit?: number;
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
    param_names: {
        parameters: {
            query?: {
                limit?: number;
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
    list_runs: {
        parameters: {
            query?: {
                /** @description none: all active experiments */
                experiment_id?: string[] | null;
                /** @description an expression in MLflow's filter language */
                filter?: string;
                max_results?: number;
                metric?: string[] | null;
                /** @description as in MLflow: `metrics.loss DESC` */
                order_by?: string[] | null;
                page_token?: string | null;
                param?: string[] | null;
                /** @description text in the name, id, user, description or a tag */
                search?: string;
                /** @description runs that are in the trash, or those that are not */
                view?: "active" | "deleted";
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
    list_artifacts: {
        parameters: {
            query?: {
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
                metric?: string[] | null;
                param?: string[] | null;
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
                    "application/json": components["schemas"]["RunPage"];
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
    tag_names: {
        parameters: {
            query?: {
                limit?: number;
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

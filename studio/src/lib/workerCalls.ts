// Questions to a worker, each with one answer.

interface Question<T> {
  id: number
  task: T
}

interface Reply<R> {
  id: number
  result?: R
  message?: string
}

export class WorkerCalls<T, R> {
  private readonly worker: Worker
  private readonly waiting = new Map<number, { resolve: (result: R) => void; reject: (error: Error) => void }>()
  private next = 0

  constructor(worker: Worker) {
    this.worker = worker
    worker.onmessage = ({ data }: MessageEvent<Reply<R>>) => {
      const call = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if (data.message !== undefined) call?.reject(new Error(data.message))
      else call?.resolve(data.result as R)
    }
    worker.onerror = ({ message }) => {
      for (const call of this.waiting.values()) call.reject(new Error(message))
      this.waiting.clear()
    }
  }

  ask(task: T): Promise<R> {
    this.next += 1
    const id = this.next
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      const question: Question<T> = { id, task }
      this.worker.postMessage(question)
    })
  }

  /** Stop the worker; what waits is never answered. */
  close(): void {
    this.worker.terminate()
  }
}

/** In the worker: answer each question in its turn. */
export function answerCalls(answer: (task: never) => unknown): void {
  let last: Promise<unknown> = Promise.resolve()
  onmessage = ({ data: { id, task } }: MessageEvent<Question<never>>) => {
    last = last.then(async () => {
      let reply: Reply<unknown>
      try {
        reply = { id, result: await answer(task) }
      } catch (error) {
        reply = { id, message: error instanceof Error ? error.message : String(error) }
      }
      postMessage(reply)
    })
  }
}

"""Pages in HTML that try what an artifact must not do."""

PAGE = """<!doctype html><p id="told"></p><script>
const told = [`origin ${origin}`]
try { told.push(`parent ${parent.document.title}`) } catch { told.push('parent blocked') }
fetch('/studio-api/experiments').then(() => told.push('api reached'), () => told.push('api blocked'))
  .finally(() => (document.getElementById('told').textContent = told.join(', ')))
</script>"""

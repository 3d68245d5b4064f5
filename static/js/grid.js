// Arrows in the table of milestones: one stop of the Tab key for the whole table, and from there left,
// right, up and down over its links; Home and End in the row, with Ctrl to its first and last row. The
// page works without: then every cell is a stop of its own.
(function () {
  'use strict'

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

  function linkIn (cell) {
    return cell && cell.querySelector('a')
  }

  // The next link that way: cells of milestones that a branch does not have are stepped over.
  function next (rows, row, column, down, right) {
    do {
      row += down
      column += right
      const cell = rows[row] && rows[row].cells[column]
      if (!cell) {
        return null
      }
      if (linkIn(cell)) {
        return linkIn(cell)
      }
    } while (true)
  }

  function edge (row, isEnd) {
    const links = row.querySelectorAll('a')
    return links[isEnd ? links.length - 1 : 0]
  }

  document.addEventListener('DOMContentLoaded', function () {
    const grid = document.getElementById('grid')
    const body = grid && grid.querySelector('tbody')
    const here = document.getElementById('grid-here')
    const keys = document.getElementById('grid-keys')
    if (!body || !here || !keys || !body.rows.length) {
      return
    }
    keys.hidden = false
    for (const link of body.querySelectorAll('a')) {
      link.tabIndex = -1
    }
    // Who comes back from a milestone goes on in the row of that branch.
    let stop = linkIn(body.querySelector('tr:target') || body.rows[0])
    stop.tabIndex = 0

    body.addEventListener('focusin', function (event) {
      const link = event.target.closest('a')
      if (!link) {
        return
      }
      stop.tabIndex = -1
      stop = link
      stop.tabIndex = 0
      // What the cell says comes in the place of how to walk: it is read on, and nothing moves.
      here.textContent = link.title || link.textContent
      here.hidden = false
      keys.hidden = true
    })

    body.addEventListener('keydown', function (event) {
      if (event.altKey || event.metaKey || !event.target.matches('a')) {
        return
      }
      const cell = event.target.closest('th, td')
      const row = cell.parentElement
      let found = null
      if (STEPS[event.key] && !event.ctrlKey) {
        found = next(body.rows, row.sectionRowIndex, cell.cellIndex, ...STEPS[event.key])
      } else if (event.key === 'Home' || event.key === 'End') {
        const isEnd = event.key === 'End'
        const last = body.rows.length - 1
        found = edge(event.ctrlKey ? body.rows[isEnd ? last : 0] : row, isEnd)
      } else {
        return
      }
      event.preventDefault()
      if (found) {
        found.focus()
      }
    })
  })
})()

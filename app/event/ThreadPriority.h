// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octotrail::event {

/// How much a thread of ours gives way to the one that serves the user. The values are nice levels.
enum class Courtesy {
    Reading = 5, ///< answers what the user sees next: searches, commits of pages
    Bulk = 10, ///< nobody waits for each of its steps: parsing archives
};

/// Makes the calling thread, and threads that it starts from now on, give way so much. On Linux a nice level belongs to
/// a thread; it cannot be taken back without privileges, so this is for threads of our own alone, never for the GUI's.
/// Without it, a machine of two cores lets the window wait 100 ms and more for its turn during an import.
void giveWay(Courtesy courtesy);

} // namespace octotrail::event

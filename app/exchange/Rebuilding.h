// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Events that are put together again from what other programs made of them. They are not the bytes that Okta's API
/// sends, and say so: in their member _octotrail.rebuiltFrom.
namespace octotrail::exchange {

/// alternate_id as Okta's API spells it: alternateId.
std::string camelCase(std::string_view name);

/// The member that tells what an event was rebuilt from, without a comma before or after.
std::string rebuiltMember(std::string_view from);

/// An event from the fields that Elastic's Okta integration made of it (okta.event_type, ...), for documents that lack
/// event.original; nullopt if the document has no such fields.
std::optional<std::string> rebuildFromElastic(std::string_view json);

} // namespace octotrail::exchange

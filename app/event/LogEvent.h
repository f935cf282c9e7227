// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "event/Timestamp.h"

#include <QString>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::event {

/// One event of Okta's System Log: its JSON exactly as received, and the fields read from it.
/// A value type; reading is thread-safe. Views that it returns live as long as it does and is not assigned to.
///
/// The canonical text of a value is what filters compare: a string without its escapes, a number as it was
/// written, true or false, and for an object or array its JSON. null is no value. Bytes that are no UTF-8 are
/// replaced by U+FFFD in fields, never in bytes().
class LogEvent
{
public:
    struct Target
    {
        std::optional<std::string_view> id, type, alternateId, displayName;
    };

    /// Never fails: what could not be read is told by defects(). Bytes that hold no JSON object give an event
    /// with no field but its uuid. For many events use EventReader, which reuses its buffers.
    static LogEvent fromBytes(std::string bytes);

    LogEvent() = default;

    /// The JSON as received, without surrounding white space.
    const std::string &bytes() const { return m_bytes; }

    /// The identity that duplicates share: Okta's uuid, or "sha256:" and the hex digest of the bytes if there is none.
    std::string_view uuid() const;

    std::optional<Timestamp> published() const { return m_published; }

    /// The canonical text of a field, if the event has a value for it.
    /// A value that is not of the field's type (asNumber "n/a") counts as absent here and stays in bytes().
    std::optional<std::string_view> text(FieldId id) const;

    std::vector<Target> targets() const;

    /// Entries of debugContext.debugData that have no field of their own, in the order of the event.
    std::vector<std::pair<std::string_view, std::string_view>> debugData() const;

    /// Why parts could not be read ("no uuid", "not JSON: ..."), empty for a sound event.
    const QString &defects() const { return m_defects; }

private:
    friend class EventReader;
    struct Slice
    {
        std::uint32_t offset = 0;
        std::uint32_t length = absent;
        static constexpr std::uint32_t absent = 0xffffffff;
    };
    std::optional<std::string_view> view(Slice s) const;

    std::string m_bytes;
    std::string m_text; ///< the unescaped texts that the slices point into
    std::vector<Slice> m_fields;
    std::vector<std::array<Slice, 4>> m_targets;
    std::vector<std::pair<Slice, Slice>> m_debugData;
    std::optional<Timestamp> m_published;
    QString m_defects;
};

/// Reads events one after the other. Not thread-safe: one a thread.
class EventReader
{
public:
    EventReader();
    ~EventReader();
    EventReader(const EventReader &) = delete;
    EventReader &operator=(const EventReader &) = delete;

    LogEvent read(std::string bytes);

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace octotrail::event

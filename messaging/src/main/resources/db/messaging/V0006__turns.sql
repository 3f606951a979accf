-- Within a lane and priority whoever a row uses up the turn of comes before its number: turns are taken one after the other.
ALTER TABLE work
    DROP KEY work_next,
    ADD KEY work_next (work_class, state, lane, priority, turn, id, state_since);
